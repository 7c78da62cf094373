import type {
  CalendarEvent,
  EventReminder,
  FocusTimeProperties,
  Instant,
  Slot,
  WorkingHours,
} from '@context-sdk/google-workspace';
import type { CallOptions } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';

/**
 * The parts of a task that blocking time needs. Tasks from a `TickTickClient` have them. Without dates nothing is due; a task
 * with a `repeatFlag` has blocks per occurrence, the one that its dates show.
 */
export type BlockableTask = Pick<Task, 'id' | 'projectId' | 'title'> & {
  [
    Name in
      'startDate' | 'dueDate' | 'isAllDay' | 'isFloating' | 'timeZone' | 'priority' | 'repeatFlag' | 'status'
  ]?: Task[Name] | undefined;
};

/** Minutes to keep free around a block. */
export interface Buffers {
  /** Between the busy time before and the block. Default: 0. */
  before?: number | undefined;
  /** Between the block and the busy time after. Default: 0. */
  after?: number | undefined;
}

/** Which events take the user's time, where the calendars leave it open. What is marked as free takes none, except blocks. */
export interface CountedEvents {
  /** Events that are not confirmed yet, and invitations that the user answered with maybe. Default: true. */
  tentative?: boolean | undefined;
  /** Invitations without an answer. Default: true. */
  unanswered?: boolean | undefined;
  /** Invitations that the user declined. Default: false. */
  declined?: boolean | undefined;
  /** Default: true. */
  outOfOffice?: boolean | undefined;
  /** Default: true. */
  focusTime?: boolean | undefined;
  /** Where the user works from. Default: false. */
  workingLocation?: boolean | undefined;
  /** All-day events that are marked as busy. Default: true. */
  allDay?: boolean | undefined;
}

/** Which calendars take the user's time, and which events in them. */
export interface BusyOptions {
  /** Other calendars to respect. Default: those that the user owns and has selected in Google Calendar. */
  otherCalendarIds?: readonly string[] | undefined;
  /** Whether calendars of others count, too, if the user may write to them. Default: false. */
  sharedCalendars?: boolean | undefined;
  /** Whether calendars count that the user has hidden or not selected. Default: false. */
  hiddenCalendars?: boolean | undefined;
  counts?: CountedEvents | undefined;
}

/** What a block looks like in the calendar. What is left out stays as it is in a block that is there. */
export interface BlockLook {
  /** Default: the task's title. */
  title?: string | undefined;
  /** Default: a popup ten minutes before. `[]` for none. */
  reminders?: readonly EventReminder[] | undefined;
  /** One of Google's colors, `1` to `11`. */
  colorId?: string | undefined;
  visibility?: 'default' | 'public' | 'private' | 'confidential' | undefined;
  /** `transparent` shows the user as free to others; for the SDK, blocks are never free. Default: `opaque`. */
  transparency?: 'opaque' | 'transparent' | undefined;
  /** Makes new blocks events of the type `focusTime`, which only primary calendars of Google Workspace have. Default: false. */
  focusTime?: boolean | FocusTimeProperties | undefined;
}

/**
 * What a change of a task means for its blocks. `follow`: they are deleted when it is done or gone, but for what was worked,
 * get its new title and link, and go elsewhere if its dates ask for it. `ask`: the host is told (`block.outdated`), and calls
 * `user.followTask` if it wants that. `leave`: nothing.
 */
export type OnTaskChange = 'follow' | 'ask' | 'leave';

/** How much time to block, and when. */
export interface BlockTimeOptions extends CallOptions, BusyOptions, BlockLook {
  /** From 1 to 10,080 (a week). */
  durationMinutes: number;
  /** The range to find a slot in. `to` is exclusive. */
  within: { from: Instant; to: Instant };
  /** Default: 08:00 to 20:00 every day. */
  workingHours?: WorkingHours | undefined;
  /** IANA time zone of the working hours. Default: the calendar's. */
  timeZone?: string | undefined;
  /** Minutes to keep free before and after busy times; a number for both. Default: 0. */
  bufferMinutes?: number | Buffers | undefined;
  /** New blocks start at multiples of this after midnight. Default: 15. */
  granularityMinutes?: number | undefined;
  /** New blocks start no sooner than this from now. Default: 0. */
  minimumNoticeMinutes?: number | undefined;
  /**
   * What the task's due time means: with `prefer`, a later slot is taken only if none ends in time, and `lateMinutes` says how
   * many of its minutes are; `require` refuses it; `ignore` doesn't look. Default: `prefer`.
   */
  due?: 'prefer' | 'require' | 'ignore' | undefined;
  /** Whether the time may be in several pieces if no slot is long enough. Default: true. */
  splittable?: boolean | undefined;
  /** The shortest piece. Default: 30. */
  minPieceMinutes?: number | undefined;
  /**
   * What a minute is worth: a block that weighs more may move others that weigh less, if nothing else is left before its task is
   * due. Default: by the task's priority: 8, 4, 2, and 1 for none.
   */
  weight?: number | undefined;
  /** Whether the block must not be moved for others. Default: false. */
  protected?: boolean | undefined;
  /** What a later change of the task means for its block. Default: the context's `onTaskChange`. */
  onTaskChange?: OnTaskChange | undefined;
  /** Whether the task is linked with its block, so that either may be renamed: see `user.links`. Default: the context's `links.create`. */
  link?: boolean | undefined;
  /** Calendar for the event. Default: the calendar that has the block already, or else the primary calendar. */
  calendarId?: string | undefined;
}

/** One stretch of blocked time. */
export interface BlockPiece {
  event: CalendarEvent;
  slot: Slot;
}

/** A block of another task that made room. */
export interface MovedBlock extends BlockPiece {
  taskId: string;
  /** Minutes of it that are after its task is due. */
  lateMinutes: number;
}

/** The blocked time. */
export interface BlockedTime extends BlockPiece {
  /** All pieces in order; `event` and `slot` are the first. */
  pieces: BlockPiece[];
  /** `unchanged`: the task had a block that still fits. */
  outcome: 'created' | 'updated' | 'unchanged';
  /** Minutes of it that are after the task is due. 0 if it is in time, or nothing is due. */
  lateMinutes: number;
  /** Blocks of other tasks that were moved for this one. */
  moved: MovedBlock[];
}

/** Where an event is. */
export interface EventPlace {
  calendarId: string;
  eventId: string;
}
