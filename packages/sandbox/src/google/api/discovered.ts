// Written by `npm run generate` from Google's discovery documents (calendar 20260708, gmail 20260727): edit
// scripts/lib/google-methods.ts instead. Scopes have their short names, without https://www.googleapis.com/auth/. In shapes,
// `*` stands for any name, and `*Name` for the members of that schema.

/** By id behind `calendar.`. */
export const CALENDAR_METHODS = {
  'acl.delete': {
    route: 'DELETE /calendar/v3/calendars/{calendarId}/acl/{ruleId}',
    scopes: 'calendar calendar.acls',
  },
  'acl.get': {
    route: 'GET /calendar/v3/calendars/{calendarId}/acl/{ruleId}',
    response: 'AclRule',
    scopes: 'calendar calendar.acls calendar.acls.readonly calendar.readonly',
  },
  'acl.insert': {
    route: 'POST /calendar/v3/calendars/{calendarId}/acl',
    response: 'AclRule',
    scopes: 'calendar calendar.acls',
  },
  'acl.list': {
    route: 'GET /calendar/v3/calendars/{calendarId}/acl',
    response: 'Acl',
    scopes: 'calendar calendar.acls calendar.acls.readonly',
  },
  'acl.patch': {
    route: 'PATCH /calendar/v3/calendars/{calendarId}/acl/{ruleId}',
    response: 'AclRule',
    scopes: 'calendar calendar.acls',
  },
  'acl.update': {
    route: 'PUT /calendar/v3/calendars/{calendarId}/acl/{ruleId}',
    response: 'AclRule',
    scopes: 'calendar calendar.acls',
  },
  'acl.watch': {
    route: 'POST /calendar/v3/calendars/{calendarId}/acl/watch',
    response: 'Channel',
    scopes: 'calendar calendar.acls calendar.acls.readonly',
  },
  'calendarList.delete': {
    route: 'DELETE /calendar/v3/users/me/calendarList/{calendarId}',
    scopes: 'calendar calendar.app.created calendar.calendarlist',
  },
  'calendarList.get': {
    route: 'GET /calendar/v3/users/me/calendarList/{calendarId}',
    response: 'CalendarListEntry',
    scopes:
      'calendar calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.readonly',
  },
  'calendarList.insert': {
    route: 'POST /calendar/v3/users/me/calendarList',
    response: 'CalendarListEntry',
    scopes: 'calendar calendar.calendarlist',
  },
  'calendarList.list': {
    route: 'GET /calendar/v3/users/me/calendarList',
    response: 'CalendarList',
    scopes: 'calendar calendar.calendarlist calendar.calendarlist.readonly calendar.readonly',
  },
  'calendarList.patch': {
    route: 'PATCH /calendar/v3/users/me/calendarList/{calendarId}',
    response: 'CalendarListEntry',
    scopes: 'calendar calendar.app.created calendar.calendarlist',
  },
  'calendarList.update': {
    route: 'PUT /calendar/v3/users/me/calendarList/{calendarId}',
    response: 'CalendarListEntry',
    scopes: 'calendar calendar.app.created calendar.calendarlist',
  },
  'calendarList.watch': {
    route: 'POST /calendar/v3/users/me/calendarList/watch',
    response: 'Channel',
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
    response: 'Calendar',
    scopes: 'calendar calendar.app.created calendar.calendars calendar.calendars.readonly calendar.readonly',
  },
  'calendars.insert': {
    route: 'POST /calendar/v3/calendars',
    response: 'Calendar',
    scopes: 'calendar calendar.app.created calendar.calendars',
  },
  'calendars.patch': {
    route: 'PATCH /calendar/v3/calendars/{calendarId}',
    response: 'Calendar',
    scopes: 'calendar calendar.app.created calendar.calendars',
  },
  'calendars.update': {
    route: 'PUT /calendar/v3/calendars/{calendarId}',
    response: 'Calendar',
    scopes: 'calendar calendar.app.created calendar.calendars',
  },
  'channels.stop': {
    route: 'POST /calendar/v3/channels/stop',
    scopes:
      'calendar calendar.acls calendar.acls.readonly calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly calendar.settings.readonly',
  },
  'colors.get': {
    route: 'GET /calendar/v3/colors',
    response: 'Colors',
    scopes:
      'calendar calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.readonly',
  },
  'events.delete': {
    route: 'DELETE /calendar/v3/calendars/{calendarId}/events/{eventId}',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.get': {
    route: 'GET /calendar/v3/calendars/{calendarId}/events/{eventId}',
    response: 'Event',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'events.import': {
    route: 'POST /calendar/v3/calendars/{calendarId}/events/import',
    response: 'Event',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.insert': {
    route: 'POST /calendar/v3/calendars/{calendarId}/events',
    response: 'Event',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.instances': {
    route: 'GET /calendar/v3/calendars/{calendarId}/events/{eventId}/instances',
    response: 'Events',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'events.list': {
    route: 'GET /calendar/v3/calendars/{calendarId}/events',
    response: 'Events',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'events.move': {
    route: 'POST /calendar/v3/calendars/{calendarId}/events/{eventId}/move',
    response: 'Event',
    scopes: 'calendar calendar.events calendar.events.owned',
  },
  'events.patch': {
    route: 'PATCH /calendar/v3/calendars/{calendarId}/events/{eventId}',
    response: 'Event',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.quickAdd': {
    route: 'POST /calendar/v3/calendars/{calendarId}/events/quickAdd',
    response: 'Event',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.update': {
    route: 'PUT /calendar/v3/calendars/{calendarId}/events/{eventId}',
    response: 'Event',
    scopes: 'calendar calendar.app.created calendar.events calendar.events.owned',
  },
  'events.watch': {
    route: 'POST /calendar/v3/calendars/{calendarId}/events/watch',
    response: 'Channel',
    scopes:
      'calendar calendar.app.created calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.readonly',
  },
  'freebusy.query': {
    route: 'POST /calendar/v3/freeBusy',
    response: 'FreeBusyResponse',
    scopes: 'calendar calendar.events.freebusy calendar.freebusy calendar.readonly',
  },
  'settings.get': {
    route: 'GET /calendar/v3/users/me/settings/{setting}',
    response: 'Setting',
    scopes: 'calendar calendar.readonly calendar.settings.readonly',
  },
  'settings.list': {
    route: 'GET /calendar/v3/users/me/settings',
    response: 'Settings',
    scopes: 'calendar calendar.readonly calendar.settings.readonly',
  },
  'settings.watch': {
    route: 'POST /calendar/v3/users/me/settings/watch',
    response: 'Channel',
    scopes: 'calendar calendar.readonly calendar.settings.readonly',
  },
} as const;

/** What those methods take and answer, by schema: its members, in parentheses those of a member. */
export const CALENDAR_SHAPES: Readonly<Record<string, string>> = {
  Acl: 'etag,items(*AclRule),kind,nextPageToken,nextSyncToken',
  AclRule: 'etag,id,kind,role,scope(type,value)',
  Calendar:
    'autoAcceptInvitations,conferenceProperties(*ConferenceProperties),dataOwner,description,etag,id,kind,labelProperties(*LabelProperties),location,summary,timeZone',
  CalendarList: 'etag,items(*CalendarListEntry),kind,nextPageToken,nextSyncToken',
  CalendarListEntry:
    'accessRole,autoAcceptInvitations,backgroundColor,colorId,conferenceProperties(*ConferenceProperties),dataOwner,defaultReminders(*EventReminder),deleted,description,etag,foregroundColor,hidden,id,kind,location,notificationSettings(notifications(*CalendarNotification)),primary,selected,summary,summaryOverride,timeZone',
  CalendarNotification: 'method,type',
  Channel: 'address,expiration,id,kind,params(*),payload,resourceId,resourceUri,token,type',
  ColorDefinition: 'background,foreground',
  Colors: 'calendar(*),event(*),kind,updated',
  ConferenceData:
    'conferenceId,conferenceSolution(*ConferenceSolution),createRequest(*CreateConferenceRequest),entryPoints(*EntryPoint),notes,parameters(*ConferenceParameters),signature',
  ConferenceParameters: 'addOnParameters(*ConferenceParametersAddOnParameters)',
  ConferenceParametersAddOnParameters: 'parameters(*)',
  ConferenceProperties: 'allowedConferenceSolutionTypes',
  ConferenceRequestStatus: 'statusCode',
  ConferenceSolution: 'iconUri,key(*ConferenceSolutionKey),name',
  ConferenceSolutionKey: 'type',
  CreateConferenceRequest:
    'conferenceSolutionKey(*ConferenceSolutionKey),requestId,status(*ConferenceRequestStatus)',
  EntryPoint:
    'accessCode,entryPointFeatures,entryPointType,label,meetingCode,passcode,password,pin,regionCode,uri',
  Error: 'domain,reason',
  Event:
    'anyoneCanAddSelf,attachments(*EventAttachment),attendees(*EventAttendee),attendeesOmitted,birthdayProperties(*EventBirthdayProperties),colorId,conferenceData(*ConferenceData),created,creator(displayName,email,id,self),description,end(*EventDateTime),endTimeUnspecified,etag,eventLabelId,eventType,extendedProperties(private(*),shared(*)),focusTimeProperties(*EventFocusTimeProperties),gadget(display,height,iconLink,link,preferences(*),title,type,width),guestsCanInviteOthers,guestsCanModify,guestsCanSeeOtherGuests,hangoutLink,htmlLink,iCalUID,id,kind,location,locked,organizer(displayName,email,id,self),originalStartTime(*EventDateTime),outOfOfficeProperties(*EventOutOfOfficeProperties),privateCopy,recurrence,recurringEventId,reminders(overrides(*EventReminder),useDefault),sequence,source(title,url),start(*EventDateTime),status,summary,transparency,updated,visibility,workingLocationProperties(*EventWorkingLocationProperties)',
  EventAttachment: 'fileId,fileUrl,iconLink,mimeType,title',
  EventAttendee:
    'additionalGuests,asyncOperation,comment,displayName,email,id,optional,organizer,resource,responseStatus,self',
  EventBirthdayProperties: 'contact,customTypeName,type',
  EventDateTime: 'date,dateTime,timeZone',
  EventFocusTimeProperties: 'autoDeclineMode,chatStatus,declineMessage',
  EventLabel: 'backgroundColor,id,name',
  EventOutOfOfficeProperties: 'autoDeclineMode,declineMessage',
  EventReminder: 'method,minutes',
  EventWorkingLocationProperties:
    'customLocation(label),homeOffice,officeLocation(buildingId,deskId,floorId,floorSectionId,label),type',
  Events:
    'accessRole,defaultReminders(*EventReminder),description,etag,items(*Event),kind,nextPageToken,nextSyncToken,summary,timeZone,updated',
  FreeBusyCalendar: 'busy(*TimePeriod),errors(*Error)',
  FreeBusyGroup: 'calendars,errors(*Error)',
  FreeBusyRequest:
    'calendarExpansionMax,groupExpansionMax,items(*FreeBusyRequestItem),timeMax,timeMin,timeZone',
  FreeBusyRequestItem: 'id',
  FreeBusyResponse: 'calendars(*),groups(*),kind,timeMax,timeMin',
  LabelProperties: 'eventLabels(*EventLabel)',
  Setting: 'etag,id,kind,value',
  Settings: 'etag,items(*Setting),kind,nextPageToken,nextSyncToken',
  TimePeriod: 'end,start',
};

/** By id behind `gmail.users.`. */
export const GMAIL_METHODS = {
  'drafts.create': {
    route: 'POST /gmail/v1/users/{userId}/drafts',
    uploadPath: '/upload/gmail/v1/users/{userId}/drafts',
    query: '',
    request: 'Draft',
    response: 'Draft',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  'drafts.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/drafts/{id}',
    query: '',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  'drafts.get': {
    route: 'GET /gmail/v1/users/{userId}/drafts/{id}',
    query: 'format',
    response: 'Draft',
    scopes: 'gmail.compose gmail.modify gmail.readonly https://mail.google.com/',
  },
  'drafts.list': {
    route: 'GET /gmail/v1/users/{userId}/drafts',
    query: 'includeSpamTrash maxResults pageToken q',
    response: 'ListDraftsResponse',
    scopes: 'gmail.compose gmail.modify gmail.readonly https://mail.google.com/',
  },
  'drafts.send': {
    route: 'POST /gmail/v1/users/{userId}/drafts/send',
    uploadPath: '/upload/gmail/v1/users/{userId}/drafts/send',
    query: '',
    request: 'Draft',
    response: 'Message',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  'drafts.update': {
    route: 'PUT /gmail/v1/users/{userId}/drafts/{id}',
    uploadPath: '/upload/gmail/v1/users/{userId}/drafts/{id}',
    query: '',
    request: 'Draft',
    response: 'Draft',
    scopes: 'gmail.addons.current.action.compose gmail.compose gmail.modify https://mail.google.com/',
  },
  getProfile: {
    route: 'GET /gmail/v1/users/{userId}/profile',
    query: '',
    response: 'Profile',
    scopes: 'gmail.compose gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'history.list': {
    route: 'GET /gmail/v1/users/{userId}/history',
    query: 'historyTypes labelId maxResults pageToken startHistoryId',
    response: 'ListHistoryResponse',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'labels.create': {
    route: 'POST /gmail/v1/users/{userId}/labels',
    query: '',
    request: 'Label',
    response: 'Label',
    scopes: 'gmail.labels gmail.modify https://mail.google.com/',
  },
  'labels.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/labels/{id}',
    query: '',
    scopes: 'gmail.labels gmail.modify https://mail.google.com/',
  },
  'labels.get': {
    route: 'GET /gmail/v1/users/{userId}/labels/{id}',
    query: '',
    response: 'Label',
    scopes: 'gmail.labels gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'labels.list': {
    route: 'GET /gmail/v1/users/{userId}/labels',
    query: '',
    response: 'ListLabelsResponse',
    scopes: 'gmail.labels gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'labels.patch': {
    route: 'PATCH /gmail/v1/users/{userId}/labels/{id}',
    query: '',
    request: 'Label',
    response: 'Label',
    scopes: 'gmail.labels gmail.modify https://mail.google.com/',
  },
  'labels.update': {
    route: 'PUT /gmail/v1/users/{userId}/labels/{id}',
    query: '',
    request: 'Label',
    response: 'Label',
    scopes: 'gmail.labels gmail.modify https://mail.google.com/',
  },
  'messages.attachments.get': {
    route: 'GET /gmail/v1/users/{userId}/messages/{messageId}/attachments/{id}',
    query: '',
    response: 'MessagePartBody',
    scopes:
      'gmail.addons.current.message.action gmail.addons.current.message.readonly gmail.modify gmail.readonly https://mail.google.com/',
  },
  'messages.batchDelete': {
    route: 'POST /gmail/v1/users/{userId}/messages/batchDelete',
    query: '',
    request: 'BatchDeleteMessagesRequest',
    scopes: 'https://mail.google.com/',
  },
  'messages.batchModify': {
    route: 'POST /gmail/v1/users/{userId}/messages/batchModify',
    query: '',
    request: 'BatchModifyMessagesRequest',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'messages.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/messages/{id}',
    query: '',
    scopes: 'https://mail.google.com/',
  },
  'messages.get': {
    route: 'GET /gmail/v1/users/{userId}/messages/{id}',
    query: 'format metadataHeaders',
    response: 'Message',
    scopes:
      'gmail.addons.current.message.action gmail.addons.current.message.metadata gmail.addons.current.message.readonly gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'messages.import': {
    route: 'POST /gmail/v1/users/{userId}/messages/import',
    uploadPath: '/upload/gmail/v1/users/{userId}/messages/import',
    query: 'deleted internalDateSource neverMarkSpam processForCalendar',
    request: 'Message',
    response: 'Message',
    scopes: 'gmail.insert gmail.modify https://mail.google.com/',
  },
  'messages.insert': {
    route: 'POST /gmail/v1/users/{userId}/messages',
    uploadPath: '/upload/gmail/v1/users/{userId}/messages',
    query: 'deleted internalDateSource',
    request: 'Message',
    response: 'Message',
    scopes: 'gmail.insert gmail.modify https://mail.google.com/',
  },
  'messages.list': {
    route: 'GET /gmail/v1/users/{userId}/messages',
    query: 'includeSpamTrash labelIds maxResults pageToken q',
    response: 'ListMessagesResponse',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'messages.modify': {
    route: 'POST /gmail/v1/users/{userId}/messages/{id}/modify',
    query: '',
    request: 'ModifyMessageRequest',
    response: 'Message',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'messages.send': {
    route: 'POST /gmail/v1/users/{userId}/messages/send',
    uploadPath: '/upload/gmail/v1/users/{userId}/messages/send',
    query: '',
    request: 'Message',
    response: 'Message',
    scopes:
      'gmail.addons.current.action.compose gmail.compose gmail.modify gmail.send https://mail.google.com/',
  },
  'messages.trash': {
    route: 'POST /gmail/v1/users/{userId}/messages/{id}/trash',
    query: '',
    response: 'Message',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'messages.untrash': {
    route: 'POST /gmail/v1/users/{userId}/messages/{id}/untrash',
    query: '',
    response: 'Message',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'settings.delegates.create': {
    route: 'POST /gmail/v1/users/{userId}/settings/delegates',
    query: '',
    request: 'Delegate',
    response: 'Delegate',
    scopes: 'gmail.settings.sharing',
  },
  'settings.delegates.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/settings/delegates/{delegateEmail}',
    query: '',
    scopes: 'gmail.settings.sharing',
  },
  'settings.delegates.get': {
    route: 'GET /gmail/v1/users/{userId}/settings/delegates/{delegateEmail}',
    query: '',
    response: 'Delegate',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.delegates.list': {
    route: 'GET /gmail/v1/users/{userId}/settings/delegates',
    query: '',
    response: 'ListDelegatesResponse',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.filters.create': {
    route: 'POST /gmail/v1/users/{userId}/settings/filters',
    query: '',
    request: 'Filter',
    response: 'Filter',
    scopes: 'gmail.settings.basic',
  },
  'settings.filters.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/settings/filters/{id}',
    query: '',
    scopes: 'gmail.settings.basic',
  },
  'settings.filters.get': {
    route: 'GET /gmail/v1/users/{userId}/settings/filters/{id}',
    query: '',
    response: 'Filter',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.filters.list': {
    route: 'GET /gmail/v1/users/{userId}/settings/filters',
    query: '',
    response: 'ListFiltersResponse',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.forwardingAddresses.create': {
    route: 'POST /gmail/v1/users/{userId}/settings/forwardingAddresses',
    query: '',
    request: 'ForwardingAddress',
    response: 'ForwardingAddress',
    scopes: 'gmail.settings.sharing',
  },
  'settings.forwardingAddresses.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/settings/forwardingAddresses/{forwardingEmail}',
    query: '',
    scopes: 'gmail.settings.sharing',
  },
  'settings.forwardingAddresses.get': {
    route: 'GET /gmail/v1/users/{userId}/settings/forwardingAddresses/{forwardingEmail}',
    query: '',
    response: 'ForwardingAddress',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.forwardingAddresses.list': {
    route: 'GET /gmail/v1/users/{userId}/settings/forwardingAddresses',
    query: '',
    response: 'ListForwardingAddressesResponse',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.getAutoForwarding': {
    route: 'GET /gmail/v1/users/{userId}/settings/autoForwarding',
    query: '',
    response: 'AutoForwarding',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.getImap': {
    route: 'GET /gmail/v1/users/{userId}/settings/imap',
    query: '',
    response: 'ImapSettings',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.getLanguage': {
    route: 'GET /gmail/v1/users/{userId}/settings/language',
    query: '',
    response: 'LanguageSettings',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.getPop': {
    route: 'GET /gmail/v1/users/{userId}/settings/pop',
    query: '',
    response: 'PopSettings',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.getVacation': {
    route: 'GET /gmail/v1/users/{userId}/settings/vacation',
    query: '',
    response: 'VacationSettings',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.sendAs.create': {
    route: 'POST /gmail/v1/users/{userId}/settings/sendAs',
    query: '',
    request: 'SendAs',
    response: 'SendAs',
    scopes: 'gmail.settings.sharing',
  },
  'settings.sendAs.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/settings/sendAs/{sendAsEmail}',
    query: '',
    scopes: 'gmail.settings.sharing',
  },
  'settings.sendAs.get': {
    route: 'GET /gmail/v1/users/{userId}/settings/sendAs/{sendAsEmail}',
    query: '',
    response: 'SendAs',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.sendAs.list': {
    route: 'GET /gmail/v1/users/{userId}/settings/sendAs',
    query: '',
    response: 'ListSendAsResponse',
    scopes: 'gmail.modify gmail.readonly gmail.settings.basic https://mail.google.com/',
  },
  'settings.sendAs.patch': {
    route: 'PATCH /gmail/v1/users/{userId}/settings/sendAs/{sendAsEmail}',
    query: '',
    request: 'SendAs',
    response: 'SendAs',
    scopes: 'gmail.settings.basic gmail.settings.sharing',
  },
  'settings.sendAs.update': {
    route: 'PUT /gmail/v1/users/{userId}/settings/sendAs/{sendAsEmail}',
    query: '',
    request: 'SendAs',
    response: 'SendAs',
    scopes: 'gmail.settings.basic gmail.settings.sharing',
  },
  'settings.sendAs.verify': {
    route: 'POST /gmail/v1/users/{userId}/settings/sendAs/{sendAsEmail}/verify',
    query: '',
    scopes: 'gmail.settings.sharing',
  },
  'settings.updateAutoForwarding': {
    route: 'PUT /gmail/v1/users/{userId}/settings/autoForwarding',
    query: '',
    request: 'AutoForwarding',
    response: 'AutoForwarding',
    scopes: 'gmail.settings.sharing',
  },
  'settings.updateImap': {
    route: 'PUT /gmail/v1/users/{userId}/settings/imap',
    query: '',
    request: 'ImapSettings',
    response: 'ImapSettings',
    scopes: 'gmail.settings.basic',
  },
  'settings.updateLanguage': {
    route: 'PUT /gmail/v1/users/{userId}/settings/language',
    query: '',
    request: 'LanguageSettings',
    response: 'LanguageSettings',
    scopes: 'gmail.settings.basic',
  },
  'settings.updatePop': {
    route: 'PUT /gmail/v1/users/{userId}/settings/pop',
    query: '',
    request: 'PopSettings',
    response: 'PopSettings',
    scopes: 'gmail.settings.basic',
  },
  'settings.updateVacation': {
    route: 'PUT /gmail/v1/users/{userId}/settings/vacation',
    query: '',
    request: 'VacationSettings',
    response: 'VacationSettings',
    scopes: 'gmail.settings.basic',
  },
  stop: {
    route: 'POST /gmail/v1/users/{userId}/stop',
    query: '',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'threads.delete': {
    route: 'DELETE /gmail/v1/users/{userId}/threads/{id}',
    query: '',
    scopes: 'https://mail.google.com/',
  },
  'threads.get': {
    route: 'GET /gmail/v1/users/{userId}/threads/{id}',
    query: 'format metadataHeaders',
    response: 'Thread',
    scopes:
      'gmail.addons.current.message.action gmail.addons.current.message.metadata gmail.addons.current.message.readonly gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'threads.list': {
    route: 'GET /gmail/v1/users/{userId}/threads',
    query: 'includeSpamTrash labelIds maxResults pageToken q',
    response: 'ListThreadsResponse',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
  'threads.modify': {
    route: 'POST /gmail/v1/users/{userId}/threads/{id}/modify',
    query: '',
    request: 'ModifyThreadRequest',
    response: 'Thread',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'threads.trash': {
    route: 'POST /gmail/v1/users/{userId}/threads/{id}/trash',
    query: '',
    response: 'Thread',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  'threads.untrash': {
    route: 'POST /gmail/v1/users/{userId}/threads/{id}/untrash',
    query: '',
    response: 'Thread',
    scopes: 'gmail.modify https://mail.google.com/',
  },
  watch: {
    route: 'POST /gmail/v1/users/{userId}/watch',
    query: '',
    request: 'WatchRequest',
    response: 'WatchResponse',
    scopes: 'gmail.metadata gmail.modify gmail.readonly https://mail.google.com/',
  },
} as const;

/** What those methods take and answer, by schema: its members, in parentheses those of a member. */
export const GMAIL_SHAPES: Readonly<Record<string, string>> = {
  AutoForwarding: 'disposition,emailAddress,enabled',
  BatchDeleteMessagesRequest: 'ids',
  BatchModifyMessagesRequest:
    'addClassificationLabels(*ClassificationLabelValue),addLabelIds,ids,removeClassificationLabelIds,removeLabelIds',
  ClassificationLabelFieldValue: 'fieldId,selection',
  ClassificationLabelValue: 'fields(*ClassificationLabelFieldValue),labelId',
  Delegate: 'delegateEmail,verificationStatus',
  Draft: 'id,message(*Message)',
  Filter: 'action(*FilterAction),criteria(*FilterCriteria),id',
  FilterAction: 'addLabelIds,forward,removeLabelIds',
  FilterCriteria: 'excludeChats,from,hasAttachment,negatedQuery,query,size,sizeComparison,subject,to',
  ForwardingAddress: 'forwardingEmail,verificationStatus',
  History:
    'id,labelsAdded(*HistoryLabelAdded),labelsRemoved(*HistoryLabelRemoved),messages(*Message),messagesAdded(*HistoryMessageAdded),messagesDeleted(*HistoryMessageDeleted)',
  HistoryLabelAdded: 'labelIds,message(*Message)',
  HistoryLabelRemoved: 'labelIds,message(*Message)',
  HistoryMessageAdded: 'message(*Message)',
  HistoryMessageDeleted: 'message(*Message)',
  ImapSettings: 'autoExpunge,enabled,expungeBehavior,maxFolderSize',
  Label:
    'color(*LabelColor),id,labelListVisibility,messageListVisibility,messagesTotal,messagesUnread,name,threadsTotal,threadsUnread,type',
  LabelColor: 'backgroundColor,textColor',
  LanguageSettings: 'displayLanguage',
  ListDelegatesResponse: 'delegates(*Delegate)',
  ListDraftsResponse: 'drafts(*Draft),nextPageToken,resultSizeEstimate',
  ListFiltersResponse: 'filter(*Filter)',
  ListForwardingAddressesResponse: 'forwardingAddresses(*ForwardingAddress)',
  ListHistoryResponse: 'history(*History),historyId,nextPageToken',
  ListLabelsResponse: 'labels(*Label)',
  ListMessagesResponse: 'messages(*Message),nextPageToken,resultSizeEstimate',
  ListSendAsResponse: 'sendAs(*SendAs)',
  ListThreadsResponse: 'nextPageToken,resultSizeEstimate,threads(*Thread)',
  Message:
    'classificationLabelValues(*ClassificationLabelValue),historyId,id,internalDate,labelIds,payload(*MessagePart),raw,sizeEstimate,snippet,threadId',
  MessagePart:
    'body(*MessagePartBody),filename,headers(*MessagePartHeader),mimeType,partId,parts(*MessagePart)',
  MessagePartBody: 'attachmentId,data,size',
  MessagePartHeader: 'name,value',
  ModifyMessageRequest:
    'addClassificationLabels(*ClassificationLabelValue),addLabelIds,removeClassificationLabelIds,removeLabelIds',
  ModifyThreadRequest: 'addLabelIds,removeLabelIds',
  PopSettings: 'accessWindow,disposition',
  Profile: 'emailAddress,historyId,messagesTotal,threadsTotal',
  SendAs:
    'displayName,isDefault,isPrimary,replyToAddress,sendAsEmail,signature,smtpMsa(*SmtpMsa),treatAsAlias,verificationStatus',
  SmtpMsa: 'host,password,port,securityMode,username',
  Thread: 'historyId,id,messages(*Message),snippet',
  VacationSettings:
    'enableAutoReply,endTime,responseBodyHtml,responseBodyPlainText,responseSubject,restrictToContacts,restrictToDomain,startTime',
  WatchRequest: 'labelFilterAction,labelFilterBehavior,labelIds,topicName',
  WatchResponse: 'expiration,historyId',
};

/** Every scope of the documents. */
export const DATA_SCOPES =
  'calendar calendar.acls calendar.acls.readonly calendar.app.created calendar.calendarlist calendar.calendarlist.readonly calendar.calendars calendar.calendars.readonly calendar.events calendar.events.freebusy calendar.events.owned calendar.events.owned.readonly calendar.events.public.readonly calendar.events.readonly calendar.freebusy calendar.readonly calendar.settings.readonly gmail.addons.current.action.compose gmail.addons.current.message.action gmail.addons.current.message.metadata gmail.addons.current.message.readonly gmail.compose gmail.insert gmail.labels gmail.metadata gmail.modify gmail.readonly gmail.send gmail.settings.basic gmail.settings.sharing https://mail.google.com/';
