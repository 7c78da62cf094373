export { GoogleCalendarClient, type GoogleCalendarClientOptions } from './calendar/client.ts';
export { CALENDAR_LIMITS, type CalendarMethod } from './calendar/methods.ts';
export type { GoogleClientOptions } from './client-options.ts';
export { GmailClient, type GmailClientOptions } from './gmail/client.ts';
export { GMAIL_LIMITS, type GmailMethod } from './gmail/methods.ts';
export type { CalendarApi, CalendarLibrary } from './library/calendar-library.ts';
export type { GmailApi, GmailLibrary } from './library/gmail-library.ts';
export type { LibraryAnswer, LibraryCall, LibraryOptions } from './library/library-call.ts';
