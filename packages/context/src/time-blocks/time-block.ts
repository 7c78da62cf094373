import type {
  CalendarEvent,
  EventReminder,
  Instant,
  Slot,
  WorkingHours,
} from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';
import type { CheckedRange } from '../utils/input-checks.ts';

/** The parts of a task that blocking time needs. Tasks from a `TickTickClient` have them. */
export type BlockableTask = Pick<Task, 'id' | 'projectId' | 'title'>;

/** How much time to block, and when. */
export interface BlockTimeOptions extends CallOptions {
  /** From 1 to 10,080 (a week). */
  durationMinutes: number;
  /** The range to find a slot in. `to` is exclusive. */
  within: { from: Instant; to: Instant };
  /** Default: all day, every day. */
  workingHours?: WorkingHours | undefined;
  /** IANA time zone of the working hours. Default: the calendar's. */
  timeZone?: string | undefined;
  /** Minutes to keep free before and after busy times. Default: 0. */
  bufferMinutes?: number | undefined;
  /** New blocks start at multiples of this after midnight. Default: 15. */
  granularityMinutes?: number | undefined;
  /** Calendar for the event. Default: the calendar that has the block already, or else the primary calendar. */
  calendarId?: string | undefined;
  /** Other calendars to respect. Default: those that the user owns and has selected in Google Calendar. */
  otherCalendarIds?: readonly string[] | undefined;
  /** Default: a popup ten minutes before. `[]` for none. */
  reminders?: readonly EventReminder[] | undefined;
}

/** The blocked time. */
export interface BlockedTime {
  event: CalendarEvent;
  slot: Slot;
  /** `unchanged`: the task had a block that still fits. */
  outcome: 'created' | 'updated' | 'unchanged';
}

/** The stored location of a task's block. */
export interface BlockRecord {
  calendarId: string;
  eventId: string;
  /** The user who blocked the time. Absent if the block was found by its task. */
  userId?: string;
}

/** One call of `blockTime`, with its arguments checked. */
export interface BlockRequest {
  task: BlockableTask;
  range: CheckedRange;
  options: BlockTimeOptions;
  call: CallOptions;
  /** The Google account. */
  owner: string;
}
