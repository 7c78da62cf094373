/** Short names, from the discovery document. */
export const writeEventScopes = 'calendar calendar.app.created calendar.events calendar.events.owned';

export const readEventScopes: string =
  `${writeEventScopes} calendar.events.freebusy calendar.events.owned.readonly ` +
  'calendar.events.public.readonly calendar.events.readonly calendar.readonly';
