import type { LibraryAnswer, LibraryCall, LibraryOptions } from './library-call.ts';

interface OfCalendar {
  calendarId?: string;
}

interface OfEvent extends OfCalendar {
  eventId?: string;
}

interface Writing {
  sendUpdates?: string;
  conferenceDataVersion?: number;
  supportsAttachments?: boolean;
  maxAttendees?: number;
  requestBody?: object;
}

interface Listing {
  maxAttendees?: number;
  maxResults?: number;
  pageToken?: string;
  showDeleted?: boolean;
  timeMax?: string;
  timeMin?: string;
  timeZone?: string;
}

interface ListingEvents extends OfCalendar, Listing {
  eventTypes?: string[];
  iCalUID?: string;
  orderBy?: string;
  privateExtendedProperty?: string[];
  q?: string;
  sharedExtendedProperty?: string[];
  showHiddenInvitations?: boolean;
  singleEvents?: boolean;
  syncToken?: string;
  updatedMin?: string;
}

/** A method of Google's library. */
type Calls<P> = { call(parameters: P, options: LibraryCall): Promise<LibraryAnswer> }['call'];

/** The part of Google's Calendar client that we use. Method types are bivariant, so that every major version fits. */
export interface CalendarApi {
  calendarList: {
    list: Calls<{
      maxResults?: number;
      minAccessRole?: string;
      pageToken?: string;
      showDeleted?: boolean;
      showHidden?: boolean;
    }>;
    get: Calls<OfCalendar>;
  };
  channels: { stop: Calls<{ requestBody?: object }> };
  events: {
    delete: Calls<OfEvent & { sendUpdates?: string }>;
    get: Calls<OfEvent & { maxAttendees?: number; timeZone?: string }>;
    insert: Calls<OfCalendar & Writing>;
    instances: Calls<OfEvent & Listing & { originalStart?: string }>;
    list: Calls<ListingEvents>;
    move: Calls<OfEvent & { destination?: string; sendUpdates?: string }>;
    patch: Calls<OfEvent & Writing>;
    update: Calls<OfEvent & Writing>;
    watch: Calls<OfCalendar & { eventTypes?: string[]; requestBody?: object }>;
  };
  freebusy: { query: Calls<{ requestBody?: object }> };
}

/** Where Google's Calendar client comes from: `@googleapis/calendar`, or `google` of the full `googleapis`. */
export interface CalendarLibrary {
  /** Makes Google's client. */
  calendar(options: LibraryOptions<'v3'>): CalendarApi;
}

/** `@googleapis/calendar`, loaded with the first request: it costs more than all of this package. */
export function loadCalendarLibrary(): Promise<CalendarLibrary> {
  return import('@googleapis/calendar');
}
