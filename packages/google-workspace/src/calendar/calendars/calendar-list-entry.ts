import type { EventReminder } from '../events/event.ts';

/** What a user may do with a calendar, from least to most. Google may add others. */
export type AccessRole = 'freeBusyReader' | 'reader' | 'writerWithoutPrivateAccess' | 'writer' | 'owner';

/** A calendar in the user's list. Fields that are not named here are there too. */
export interface CalendarListEntry {
  /** Give it as `calendarId`. */
  id: string;
  etag?: string;
  summary?: string;
  /** What the user calls it. */
  summaryOverride?: string;
  description?: string;
  location?: string;
  /** IANA. */
  timeZone?: string;
  /** One of {@link AccessRole}, or one that Google has added. */
  accessRole?: string;
  primary?: boolean;
  /** The owner's address; of calendars that are not primary. */
  dataOwner?: string;
  selected?: boolean;
  hidden?: boolean;
  deleted?: boolean;
  colorId?: string;
  backgroundColor?: string;
  foregroundColor?: string;
  defaultReminders?: EventReminder[];
  notificationSettings?: { notifications?: { method?: string; type?: string }[] };
  conferenceProperties?: { allowedConferenceSolutionTypes?: string[] };
  autoAcceptInvitations?: boolean;
}
