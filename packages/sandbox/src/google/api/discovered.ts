// Written by `npm run generate` from Google's discovery documents (calendar 20260708, gmail 20260727): edit
// scripts/lib/google-methods.ts instead. Scopes have their short names, without https://www.googleapis.com/auth/.

/** By id behind `calendar.`. */
export const CALENDAR_METHODS = {
  'acl.delete': {
    route: 'DELETE /calendar/v3/calendars/{calendarId}/acl/{ruleId}',
    scopes: 'calendar calendar.acls',
  },
  'acl.get': {
    route: 'GET /calendar/v3/calendars/{calendarId}/acl/{ruleId}',
    scopes: 'calendar calendar.acls calendar.acls.readonly calendar.readonly',
  },
  'acl.insert': { route: 'POST /calendar/v3/calendars/{calendarId}/acl', scopes: 'calendar calendar.acls' },
  'acl.list': {
    route: 'GET /calendar/v3/calendars/{calendarId}/acl',
    scopes: 'calendar calendar.acls calendar.acls.readonly',
  },
  'acl.patch': {
    route: 'PATCH /calendar/v3/calendars/{calendarId}/acl/{ruleId}',
    scopes: 'calendar calendar.acls',
  },
  'acl.update': {
    route: 'PUT /calendar/v3/calendars/{calendarId}/acl/{ruleId}',
    scopes: 'calendar calendar.acls',
  },
  'acl.watch': {
    route: 'POST /calendar/v3/calendars/{calendarId}/acl/watch',
    scopes: 'calendar calendar.acls calendar.acls.readonly',
  },
  'calendarList.delete': {
    route: 'DELETE /calendar/v3/users/me/calendarList/{calendarId}',
    scopes: 'calendar calendar.app.created calendar.calendarlist',
  },
  'calendarList.get': {
    route: 'GET /calendar/v3/users/me/calendarList/{calendarId}',
    scopes:
      'calendar calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.readonly',
  },
  'calendarList.insert': {
    route: 'POST /calendar/v3/users/me/calendarList',
    scopes: 'calendar calendar.calendarlist',
  },
  'calendarList.list': {
    route: 'GET /calendar/v3/users/me/calendarList',
    scopes: 'calendar calendar.calendarlist calendar.calendarlist.readonly calendar.readonly',
  },
  'calendarList.patch': {
    route: 'PATCH /calendar/v3/users/me/calendarList/{calendarId}',
    scopes: 'calendar calendar.app.created calendar.calendarlist',
  },
  'calendarList.update': {
    route: 'PUT /calendar/v3/users/me/calendarList/{calendarId}',
    scopes: 'calendar calendar.app.created calendar.calendarlist',
  },
  'calendarList.watch': {
    route: 'POST /calendar/v3/users/me/calendarList/watch',
    scopes: 'calendar calendar.calendarlist calendar.calendarlist.readonly calendar.readonly',
  },
  'calendars.clear': {
    route: 'POST /calendar/v3/calendars/{calendarId}/clear',
    scopes: 'calendar calendar.calendars',
  },
  'calendars.delete': {
    route: 'DELETE /calendar/v3/calendars/{calendarId}',
    scopes: 'calendar calendar.app.created calendar.calendars',
  },
  'calendars.get': {
    route: 'GET /calendar/v3/calendars/{calendarId}',
    scopes: 'calendar calendar.app.created calendar.calendars calendar.calendars.readonly calendar.readonly',
  },
  'calendars.insert': {
    route: 'POST /calendar/v3/calendars',
    scopes: 'calendar calendar.app.created calendar.calendars',
  },
  'calendars.patch': {
    route: 'PATCH /calendar/v3/calendars/{calendarId}',
    scopes: 'calendar calendar.app.created calendar.calendars',
  },
  'calendars.update': {
    route: 'PUT /calendar/v3/calendars/{calendarId}',
    scopes: 'calendar calendar.app.created calendar.calendars',
  },
  'channels.stop': {
    route: 'POST /calendar/v3/channels/stop',
    scopes:
      'calendar calendar.acls calendar.acls.readonly calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly calendar.settings.readonly',
  },
  'colors.get': {
    route: 'GET /calendar/v3/colors',
    scopes:
      'calendar calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.readonly',
  },
  'events.delete': {
    route: 'DELETE /calendar/v3/calendars/{calendarId}/events/{eventId}',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.get': {
    route: 'GET /calendar/v3/calendars/{calendarId}/events/{eventId}',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'events.import': {
    route: 'POST /calendar/v3/calendars/{calendarId}/events/import',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.insert': {
    route: 'POST /calendar/v3/calendars/{calendarId}/events',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.instances': {
    route: 'GET /calendar/v3/calendars/{calendarId}/events/{eventId}/instances',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'events.list': {
    route: 'GET /calendar/v3/calendars/{calendarId}/events',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'events.move': {
    route: 'POST /calendar/v3/calendars/{calendarId}/events/{eventId}/move',
    scopes: 'calendar calendar.events calendar.events.owned',
  },
  'events.patch': {
    route: 'PATCH /calendar/v3/calendars/{calendarId}/events/{eventId}',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.quickAdd': {
    route: 'POST /calendar/v3/calendars/{calendarId}/events/quickAdd',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.update': {
    route: 'PUT /calendar/v3/calendars/{calendarId}/events/{eventId}',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.watch': {
    route: 'POST /calendar/v3/calendars/{calendarId}/events/watch',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'freebusy.query': {
    route: 'POST /calendar/v3/freeBusy',
    scopes: 'calendar calendar.events.freebusy calendar.freebusy calendar.readonly',
  },
  'settings.get': {
    route: 'GET /calendar/v3/users/me/settings/{setting}',
    scopes: 'calendar calendar.readonly calendar.settings.readonly',
  },
  'settings.list': {
    route: 'GET /calendar/v3/users/me/settings',
    scopes: 'calendar calendar.readonly calendar.settings.readonly',
  },
  'settings.watch': {
    route: 'POST /calendar/v3/users/me/settings/watch',
    scopes: 'calendar calendar.readonly calendar.settings.readonly',
  },
} as const;

/** By id behind `gmail.users.`. */
export const GMAIL_METHODS = {
  'drafts.create': {
    route: 'POST /gmail/v1/users/{userId}/drafts',
    uploadPath: '/upload/gmail/v1/users/{userId}/drafts',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  'drafts.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/drafts/{id}',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  'drafts.get': {
    route: 'GET /gmail/v1/users/{userId}/drafts/{id}',
    scopes: 'gmail.compose gmail.modify gmail.readonly https://mail.google.com/',
  },
  'drafts.list': {
    route: 'GET /gmail/v1/users/{userId}/drafts',
    scopes: 'gmail.compose gmail.modify gmail.readonly https://mail.google.com/',
  },
  'drafts.send': {
    route: 'POST /gmail/v1/users/{userId}/drafts/send',
    uploadPath: '/upload/gmail/v1/users/{userId}/drafts/send',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  'drafts.update': {
    route: 'PUT /gmail/v1/users/{userId}/drafts/{id}',
    uploadPath: '/upload/gmail/v1/users/{userId}/drafts/{id}',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  getProfile: {
    route: 'GET /gmail/v1/users/{userId}/profile',
    scopes: 'gmail.compose gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'history.list': {
    route: 'GET /gmail/v1/users/{userId}/history',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'labels.create': {
    route: 'POST /gmail/v1/users/{userId}/labels',
    scopes: 'gmail.labels gmail.modify https://mail.google.com/',
  },
  'labels.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/labels/{id}',
    scopes: 'gmail.labels gmail.modify https://mail.google.com/',
  },
  'labels.get': {
    route: 'GET /gmail/v1/users/{userId}/labels/{id}',
    scopes: 'gmail.labels gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'labels.list': {
    route: 'GET /gmail/v1/users/{userId}/labels',
    scopes: 'gmail.labels gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'labels.patch': {
    route: 'PATCH /gmail/v1/users/{userId}/labels/{id}',
    scopes: 'gmail.labels gmail.modify https://mail.google.com/',
  },
  'labels.update': {
    route: 'PUT /gmail/v1/users/{userId}/labels/{id}',
    scopes: 'gmail.labels gmail.modify https://mail.google.com/',
  },
  'messages.attachments.get': {
    route: 'GET /gmail/v1/users/{userId}/messages/{messageId}/attachments/{id}',
    scopes:
      'gmail.addons.current.message.action gmail.addons.current.message.readonly gmail.modify gmail.readonly https://mail.google.com/',
  },
  'messages.batchDelete': {
    route: 'POST /gmail/v1/users/{userId}/messages/batchDelete',
    scopes: 'https://mail.google.com/',
  },
  'messages.batchModify': {
    route: 'POST /gmail/v1/users/{userId}/messages/batchModify',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'messages.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/messages/{id}',
    scopes: 'https://mail.google.com/',
  },
  'messages.get': {
    route: 'GET /gmail/v1/users/{userId}/messages/{id}',
    scopes:
      'gmail.addons.current.message.action gmail.addons.current.message.metadata gmail.addons.current.message.readonly gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'messages.import': {
    route: 'POST /gmail/v1/users/{userId}/messages/import',
    uploadPath: '/upload/gmail/v1/users/{userId}/messages/import',
    scopes: 'gmail.insert gmail.modify https://mail.google.com/',
  },
  'messages.insert': {
    route: 'POST /gmail/v1/users/{userId}/messages',
    uploadPath: '/upload/gmail/v1/users/{userId}/messages',
    scopes: 'gmail.insert gmail.modify https://mail.google.com/',
  },
  'messages.list': {
    route: 'GET /gmail/v1/users/{userId}/messages',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'messages.modify': {
    route: 'POST /gmail/v1/users/{userId}/messages/{id}/modify',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'messages.send': {
    route: 'POST /gmail/v1/users/{userId}/messages/send',
    uploadPath: '/upload/gmail/v1/users/{userId}/messages/send',
    scopes:
      'gmail.addons.current.action.compose gmail.compose gmail.modify gmail.send https://mail.google.com/',
  },
  'messages.trash': {
    route: 'POST /gmail/v1/users/{userId}/messages/{id}/trash',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'messages.untrash': {
    route: 'POST /gmail/v1/users/{userId}/messages/{id}/untrash',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'settings.delegates.create': {
    route: 'POST /gmail/v1/users/{userId}/settings/delegates',
    scopes: 'gmail.settings.sharing',
  },
  'settings.delegates.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/settings/delegates/{delegateEmail}',
    scopes: 'gmail.settings.sharing',
  },
  'settings.delegates.get': {
    route: 'GET /gmail/v1/users/{userId}/settings/delegates/{delegateEmail}',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.delegates.list': {
    route: 'GET /gmail/v1/users/{userId}/settings/delegates',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.filters.create': {
    route: 'POST /gmail/v1/users/{userId}/settings/filters',
    scopes: 'gmail.settings.basic',
  },
  'settings.filters.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/settings/filters/{id}',
    scopes: 'gmail.settings.basic',
  },
  'settings.filters.get': {
    route: 'GET /gmail/v1/users/{userId}/settings/filters/{id}',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.filters.list': {
    route: 'GET /gmail/v1/users/{userId}/settings/filters',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.forwardingAddresses.create': {
    route: 'POST /gmail/v1/users/{userId}/settings/forwardingAddresses',
    scopes: 'gmail.settings.sharing',
  },
  'settings.forwardingAddresses.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/settings/forwardingAddresses/{forwardingEmail}',
    scopes: 'gmail.settings.sharing',
  },
  'settings.forwardingAddresses.get': {
    route: 'GET /gmail/v1/users/{userId}/settings/forwardingAddresses/{forwardingEmail}',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.forwardingAddresses.list': {
    route: 'GET /gmail/v1/users/{userId}/settings/forwardingAddresses',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.getAutoForwarding': {
    route: 'GET /gmail/v1/users/{userId}/settings/autoForwarding',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.getImap': {
    route: 'GET /gmail/v1/users/{userId}/settings/imap',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.getLanguage': {
    route: 'GET /gmail/v1/users/{userId}/settings/language',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.getPop': {
    route: 'GET /gmail/v1/users/{userId}/settings/pop',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.getVacation': {
    route: 'GET /gmail/v1/users/{userId}/settings/vacation',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.sendAs.create': {
    route: 'POST /gmail/v1/users/{userId}/settings/sendAs',
    scopes: 'gmail.settings.sharing',
  },
  'settings.sendAs.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/settings/sendAs/{sendAsEmail}',
    scopes: 'gmail.settings.sharing',
  },
  'settings.sendAs.get': {
    route: 'GET /gmail/v1/users/{userId}/settings/sendAs/{sendAsEmail}',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.sendAs.list': {
    route: 'GET /gmail/v1/users/{userId}/settings/sendAs',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.sendAs.patch': {
    route: 'PATCH /gmail/v1/users/{userId}/settings/sendAs/{sendAsEmail}',
    scopes: 'gmail.settings.basic gmail.settings.sharing',
  },
  'settings.sendAs.update': {
    route: 'PUT /gmail/v1/users/{userId}/settings/sendAs/{sendAsEmail}',
    scopes: 'gmail.settings.basic gmail.settings.sharing',
  },
  'settings.sendAs.verify': {
    route: 'POST /gmail/v1/users/{userId}/settings/sendAs/{sendAsEmail}/verify',
    scopes: 'gmail.settings.sharing',
  },
  'settings.updateAutoForwarding': {
    route: 'PUT /gmail/v1/users/{userId}/settings/autoForwarding',
    scopes: 'gmail.settings.sharing',
  },
  'settings.updateImap': {
    route: 'PUT /gmail/v1/users/{userId}/settings/imap',
    scopes: 'gmail.settings.basic',
  },
  'settings.updateLanguage': {
    route: 'PUT /gmail/v1/users/{userId}/settings/language',
    scopes: 'gmail.settings.basic',
  },
  'settings.updatePop': {
    route: 'PUT /gmail/v1/users/{userId}/settings/pop',
    scopes: 'gmail.settings.basic',
  },
  'settings.updateVacation': {
    route: 'PUT /gmail/v1/users/{userId}/settings/vacation',
    scopes: 'gmail.settings.basic',
  },
  stop: {
    route: 'POST /gmail/v1/users/{userId}/stop',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'threads.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/threads/{id}',
    scopes: 'https://mail.google.com/',
  },
  'threads.get': {
    route: 'GET /gmail/v1/users/{userId}/threads/{id}',
    scopes:
      'gmail.addons.current.message.action gmail.addons.current.message.metadata gmail.addons.current.message.readonly gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'threads.list': {
    route: 'GET /gmail/v1/users/{userId}/threads',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'threads.modify': {
    route: 'POST /gmail/v1/users/{userId}/threads/{id}/modify',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'threads.trash': {
    route: 'POST /gmail/v1/users/{userId}/threads/{id}/trash',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'threads.untrash': {
    route: 'POST /gmail/v1/users/{userId}/threads/{id}/untrash',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  watch: {
    route: 'POST /gmail/v1/users/{userId}/watch',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
} as const;

/** Every scope of the documents. */
export const DATA_SCOPES =
  'calendar calendar.acls calendar.acls.readonly calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.calendars calendar.calendars.readonly calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.freebusy calendar.readonly calendar.settings.readonly gmail.addons.current.action.compose gmail.addons.current.message.action gmail.addons.current.message.metadata gmail.addons.current.message.readonly gmail.compose gmail.insert gmail.labels gmail.metadata gmail.modify gmail.readonly gmail.send gmail.settings.basic gmail.settings.sharing https://mail.google.com/';
