/** The clients without what reads and writes mails, calendar files and deliveries: a host that starts often loads no more. */
export { GoogleCalendarClient } from './calendar/client.ts';
export type { CalendarLibrary, GoogleCalendarClientOptions } from './calendar/client.ts';
export { GmailClient } from './gmail/client.ts';
export type { GmailClientOptions, GmailLibrary } from './gmail/client.ts';
