import type { CalendarApi } from '../library/calendar-library.ts';
import type { Requests } from '../requests/requests.ts';
import type { CalendarMethod } from './methods.ts';

/** The requests that the resources of `GoogleCalendarClient` make. */
export type CalendarRequests = Requests<CalendarApi, CalendarMethod>;
