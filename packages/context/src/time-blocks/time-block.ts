import type {
  CalendarEvent,
  EventReminder,
  Instant,
  Slot,
  WorkingHours,
} from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';

/** What is needed of a task to block time for it: one that a `TickTickClient` gave will do. */
export type BlockableTask = Pick<Task, 'id' | 'projectId' | 'title'>;

/** What time is wanted. */
export interface BlockTimeOptions extends CallOptions {
  /** From 1 to 10,080 (a week). */
  durationMinutes: number;
  /** When it may be; `to` is not part of it. */
  within: { from: Instant; to: Instant };
  /** All day and night unless given. */
  workingHours?: WorkingHours | undefined;
  /** IANA: whose clocks the working hours go by; the calendar's unless given. */
  timeZone?: string | undefined;
  /** Minutes to keep free before and after what is busy; 0 unless given. */
  bufferMinutes?: number | undefined;
  /** A new block starts at multiples of this after midnight; 15 unless given. */
  granularityMinutes?: number | undefined;
  /** Where the event goes; where it is already, or the user's own calendar, unless given. */
  calendarId?: string | undefined;
  /** Other calendars whose busy time counts; those that the user owns and has selected unless given. */
  otherCalendarIds?: readonly string[] | undefined;
  /** A popup ten minutes before unless given; `[]` for none. */
  reminders?: readonly EventReminder[] | undefined;
}

/** The time that is blocked. */
export interface BlockedTime {
  event: CalendarEvent;
  slot: Slot;
  /** `unchanged`: it was blocked before, and still fits. */
  outcome: 'created' | 'updated' | 'unchanged';
}

/** Where the block of a task is: a record of the store. */
export interface BlockRecord {
  calendarId: string;
  eventId: string;
}
