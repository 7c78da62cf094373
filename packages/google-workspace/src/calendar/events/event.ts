import type { ConferenceData } from './conference.ts';
import type { EventTime } from './event-time.ts';
import type {
  BirthdayProperties,
  FocusTimeProperties,
  OutOfOfficeProperties,
  WorkingLocationProperties,
} from './status-properties.ts';

/** Who made or holds an event. */
export interface EventPerson {
  id?: string;
  email?: string;
  displayName?: string;
  self?: boolean;
}

/** A guest, a room, or the organizer among them. */
export interface EventAttendee {
  email?: string;
  displayName?: string;
  /** `needsAction`, `declined`, `tentative` or `accepted`. */
  responseStatus?: string;
  comment?: string;
  optional?: boolean;
  additionalGuests?: number;
  /** A room or the like. */
  resource?: boolean;
  organizer?: boolean;
  self?: boolean;
  id?: string;
}

/** When to remind the user before the start. */
export interface EventReminder {
  /** `popup` or `email`. */
  method?: string;
  /** From 0 to 40,320: four weeks. */
  minutes?: number;
}

/** A file, usually of Google Drive. */
export interface EventAttachment {
  fileUrl?: string;
  title?: string;
  mimeType?: string;
  iconLink?: string;
  fileId?: string;
}

/** Everything that callers may say of an event besides its times, with Google's names. */
export interface EventFields {
  summary?: string;
  /** May hold HTML: escape what others wrote. */
  description?: string;
  location?: string;
  /** `confirmed`, `tentative`, or `cancelled` for a deleted event. */
  status?: string;
  /** RRULE, EXRULE, RDATE and EXDATE lines of RFC 5545, without DTSTART and DTEND. */
  recurrence?: string[];
  attendees?: EventAttendee[];
  attendeesOmitted?: boolean;
  /** `overrides` stand instead of the calendar's own reminders: at most 5, with `useDefault: false`. */
  reminders?: { useDefault?: boolean; overrides?: EventReminder[] };
  /** `opaque` blocks the time, which is the default; `transparent` does not. */
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
  extendedProperties?: { private?: Record<string, string>; shared?: Record<string, string> };
  source?: { title?: string; url?: string };
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
 * An event as Google answers it. Of a deleted one there may be no more than `id` and `status: 'cancelled'`. Fields that
 * are not named here are there too.
 */
export interface CalendarEvent extends EventFields {
  id: string;
  /** Give it as `ifMatch`, quotes included. */
  etag?: string;
  start?: EventTime;
  end?: EventTime;
  iCalUID?: string;
  /** The recurring event whose instance this is. */
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
