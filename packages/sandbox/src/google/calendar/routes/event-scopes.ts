/** Short names, from the discovery document. */
export const WRITE_EVENT_SCOPES = 'calendar calendar.app.created calendar.events calendar.events.owned';

export const READ_EVENT_SCOPES: string =
  `${WRITE_EVENT_SCOPES} calendar.events.freebusy calendar.events.owned.readonly ` +
  'calendar.events.public.readonly calendar.events.readonly calendar.readonly';
