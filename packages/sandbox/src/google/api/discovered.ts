// Written by `npm run generate` from Google's discovery documents (calendar 20260708, gmail 20260727): edit
// scripts/lib/google-methods.ts instead. Scopes have their short names, without https://www.googleapis.com/auth/.

/** By id behind `calendar.`. */
export const CALENDAR_METHODS = {
  'calendarList.get': {
    method: 'GET',
    path: '/calendar/v3/users/me/calendarList/{calendarId}',
    scopes:
      'calendar calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.readonly',
  },
  'calendarList.list': {
    method: 'GET',
    path: '/calendar/v3/users/me/calendarList',
    scopes: 'calendar calendar.calendarlist calendar.calendarlist.readonly calendar.readonly',
  },
  'calendars.get': {
    method: 'GET',
    path: '/calendar/v3/calendars/{calendarId}',
    scopes: 'calendar calendar.app.created calendar.calendars calendar.calendars.readonly calendar.readonly',
  },
  'channels.stop': {
    method: 'POST',
    path: '/calendar/v3/channels/stop',
    scopes:
      'calendar calendar.acls calendar.acls.readonly calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly calendar.settings.readonly',
  },
  'events.delete': {
    method: 'DELETE',
    path: '/calendar/v3/calendars/{calendarId}/events/{eventId}',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.get': {
    method: 'GET',
    path: '/calendar/v3/calendars/{calendarId}/events/{eventId}',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'events.insert': {
    method: 'POST',
    path: '/calendar/v3/calendars/{calendarId}/events',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.instances': {
    method: 'GET',
    path: '/calendar/v3/calendars/{calendarId}/events/{eventId}/instances',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'events.list': {
    method: 'GET',
    path: '/calendar/v3/calendars/{calendarId}/events',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'events.move': {
    method: 'POST',
    path: '/calendar/v3/calendars/{calendarId}/events/{eventId}/move',
    scopes: 'calendar calendar.events calendar.events.owned',
  },
  'events.patch': {
    method: 'PATCH',
    path: '/calendar/v3/calendars/{calendarId}/events/{eventId}',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.update': {
    method: 'PUT',
    path: '/calendar/v3/calendars/{calendarId}/events/{eventId}',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.watch': {
    method: 'POST',
    path: '/calendar/v3/calendars/{calendarId}/events/watch',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'freebusy.query': {
    method: 'POST',
    path: '/calendar/v3/freeBusy',
    scopes: 'calendar calendar.events.freebusy calendar.freebusy calendar.readonly',
  },
  'settings.get': {
    method: 'GET',
    path: '/calendar/v3/users/me/settings/{setting}',
    scopes: 'calendar calendar.readonly calendar.settings.readonly',
  },
} as const;

/** By id behind `gmail.users.`. */
export const GMAIL_METHODS = {
  'drafts.create': {
    method: 'POST',
    path: '/gmail/v1/users/{userId}/drafts',
    uploadPath: '/upload/gmail/v1/users/{userId}/drafts',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  'drafts.delete': {
    method: 'DELETE',
    path: '/gmail/v1/users/{userId}/drafts/{id}',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  'drafts.get': {
    method: 'GET',
    path: '/gmail/v1/users/{userId}/drafts/{id}',
    scopes: 'gmail.compose gmail.modify gmail.readonly https://mail.google.com/',
  },
  'drafts.list': {
    method: 'GET',
    path: '/gmail/v1/users/{userId}/drafts',
    scopes: 'gmail.compose gmail.modify gmail.readonly https://mail.google.com/',
  },
  'drafts.send': {
    method: 'POST',
    path: '/gmail/v1/users/{userId}/drafts/send',
    uploadPath: '/upload/gmail/v1/users/{userId}/drafts/send',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  'drafts.update': {
    method: 'PUT',
    path: '/gmail/v1/users/{userId}/drafts/{id}',
    uploadPath: '/upload/gmail/v1/users/{userId}/drafts/{id}',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  getProfile: {
    method: 'GET',
    path: '/gmail/v1/users/{userId}/profile',
    scopes: 'gmail.compose gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'history.list': {
    method: 'GET',
    path: '/gmail/v1/users/{userId}/history',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'labels.list': {
    method: 'GET',
    path: '/gmail/v1/users/{userId}/labels',
    scopes: 'gmail.labels gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'messages.attachments.get': {
    method: 'GET',
    path: '/gmail/v1/users/{userId}/messages/{messageId}/attachments/{id}',
    scopes:
      'gmail.addons.current.message.action gmail.addons.current.message.readonly gmail.modify gmail.readonly https://mail.google.com/',
  },
  'messages.get': {
    method: 'GET',
    path: '/gmail/v1/users/{userId}/messages/{id}',
    scopes:
      'gmail.addons.current.message.action gmail.addons.current.message.metadata gmail.addons.current.message.readonly gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'messages.list': {
    method: 'GET',
    path: '/gmail/v1/users/{userId}/messages',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'messages.send': {
    method: 'POST',
    path: '/gmail/v1/users/{userId}/messages/send',
    uploadPath: '/upload/gmail/v1/users/{userId}/messages/send',
    scopes:
      'gmail.addons.current.action.compose gmail.compose gmail.modify gmail.send https://mail.google.com/',
  },
  stop: {
    method: 'POST',
    path: '/gmail/v1/users/{userId}/stop',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'threads.get': {
    method: 'GET',
    path: '/gmail/v1/users/{userId}/threads/{id}',
    scopes:
      'gmail.addons.current.message.action gmail.addons.current.message.metadata gmail.addons.current.message.readonly gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'threads.list': {
    method: 'GET',
    path: '/gmail/v1/users/{userId}/threads',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  watch: {
    method: 'POST',
    path: '/gmail/v1/users/{userId}/watch',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
} as const;

/** Every scope of the documents. */
export const DATA_SCOPES =
  'calendar calendar.acls calendar.acls.readonly calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.calendars calendar.calendars.readonly calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.freebusy calendar.readonly calendar.settings.readonly gmail.addons.current.action.compose gmail.addons.current.message.action gmail.addons.current.message.metadata gmail.addons.current.message.readonly gmail.compose gmail.insert gmail.labels gmail.metadata gmail.modify gmail.readonly gmail.send gmail.settings.basic gmail.settings.sharing https://mail.google.com/';
