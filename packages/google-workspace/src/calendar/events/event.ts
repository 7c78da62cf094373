import type {
  BirthdayProperties,
  ConferenceData,
  EventAttachment,
  EventAttendee,
  EventPerson,
  EventReminder,
  FocusTimeProperties,
  OutOfOfficeProperties,
  WorkingLocationProperties,
} from './event-parts.ts';

/** When an event starts or ends, as Google returns it: `dateTime` with an offset, or `date` for all day. */
export interface EventTime {
  /** `2026-11-23T09:00:00+01:00`. */
  dateTime?: string;
  /** `2026-12-24`. The `date` of an end is the first day after the event. */
  date?: string;
  /** IANA. */
  timeZone?: string;
}

/** Everything that callers may set on an event besides its times, with Google's names. */
export interface EventFields {
  summary?: string;
  /** May contain HTML: escape what other people wrote. */
  description?: string;
  location?: string;
  /** `confirmed`, `tentative`, or `cancelled` for a deleted event. */
  status?: string;
  /** RRULE, EXRULE, RDATE and EXDATE lines of RFC 5545, without DTSTART and DTEND. */
  recurrence?: string[];
  attendees?: EventAttendee[];
  attendeesOmitted?: boolean;
  /** `overrides` replace the calendar's own reminders: at most 5, with `useDefault: false`. */
  reminders?: { useDefault?: boolean | undefined; overrides?: EventReminder[] | undefined };
  /** `opaque` blocks the time, which is Google's default; `transparent` does not. */
  transparency?: string;
  /** `default`, `public`, `private` or `confidential`. */
  visibility?: string;
  colorId?: string;
  /** Takes the place of `colorId`. */
  eventLabelId?: string;
  conferenceData?: ConferenceData;
  /** At most 25. */
  attachments?: EventAttachment[];
  /** Texts of the host: `private` to this calendar, `shared` with the guests. */
  extendedProperties?: {
    private?: Record<string, string> | undefined;
    shared?: Record<string, string> | undefined;
  };
  source?: { title?: string | undefined; url?: string | undefined };
  guestsCanInviteOthers?: boolean;
  guestsCanModify?: boolean;
  guestsCanSeeOtherGuests?: boolean;
  anyoneCanAddSelf?: boolean;
  sequence?: number;
  /** `default`, `focusTime`, `outOfOffice`, `workingLocation`, `birthday` or `fromGmail`. */
  eventType?: string;
  focusTimeProperties?: FocusTimeProperties;
  outOfOfficeProperties?: OutOfOfficeProperties;
  workingLocationProperties?: WorkingLocationProperties;
  birthdayProperties?: BirthdayProperties;
}

/**
 * An event as Google returns it. A deleted one may have no more than `id` and `status: 'cancelled'`. Fields that are not
 * named here are passed on too.
 */
export interface CalendarEvent extends EventFields {
  id: string;
  /** Give it as `ifMatch`, quotes included. */
  etag?: string;
  start?: EventTime;
  end?: EventTime;
  iCalUID?: string;
  /** The recurring event that this is an instance of. */
  recurringEventId?: string;
  /** When the instance would start by its recurring event. */
  originalStartTime?: EventTime;
  htmlLink?: string;
  hangoutLink?: string;
  creator?: EventPerson;
  organizer?: EventPerson;
  created?: string;
  updated?: string;
  endTimeUnspecified?: boolean;
  privateCopy?: boolean;
  locked?: boolean;
}

/** Kinds of events. Google may add others. */
export type EventType =
  'birthday' | 'default' | 'focusTime' | 'fromGmail' | 'outOfOffice' | 'workingLocation';
