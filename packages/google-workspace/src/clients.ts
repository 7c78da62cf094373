/** Both clients alone, for hosts that start often. The root also loads what reads mails, calendar files and deliveries. */
export { GoogleCalendarClient } from './calendar/client.ts';
export type { CalendarLibrary, GoogleCalendarClientOptions } from './calendar/client.ts';
export { GmailClient } from './gmail/client.ts';
export type { GmailClientOptions, GmailLibrary } from './gmail/client.ts';
