import type { CalendarEvent, Instant, Slot, WorkingHours } from '@context-sdk/google-workspace';
import type { CallOptions, ContextSdkError } from '@context-sdk/oauth-core';
import type { UnplacedReason } from '../planning/task-plan.ts';
import type {
  BlockableTask,
  BlockLook,
  Buffers,
  BusyOptions,
  EventPlace,
  OnTaskChange,
} from '../time-blocks/time-block.ts';

/** A task to plan: a TickTick task, and what the host knows of the work. Further members are ignored. */
export interface PlanTask extends BlockableTask {
  /** Minutes of work. Default: the time from its start to its due time, or else the plan's `durationMinutes`. */
  durationMinutes?: number | undefined;
  /** What a late or unplaced minute costs. Default: by the task's priority: 8, 4, 2, and 1 for none. */
  weight?: number | undefined;
  /** Default: the task's start, if it is before its due time. */
  earliest?: Instant | undefined;
  /** Default: the task's due time, or the end of its last day. */
  due?: Instant | undefined;
  /** The shortest piece, in minutes. Default: 30, or less if `maxPieceMinutes` takes it. */
  minPieceMinutes?: number | undefined;
  /** The longest piece, in minutes. Default: any length. */
  maxPieceMinutes?: number | undefined;
  /** When it may be done, within the plan's working hours. Default: in all of them. */
  hours?: WorkingHours | undefined;
  /** Whether it can be done in several pieces. Default: true. */
  splittable?: boolean | undefined;
  /** Whether its blocks stay where they are, whatever happens. Default: false. */
  protected?: boolean | undefined;
}

/** What to plan, and when there is time. */
export interface PlanOptions extends CallOptions, BusyOptions, Omit<BlockLook, 'title' | 'transparency'> {
  /** At most 500, occurrences of recurring tasks counted. Completed tasks give up their blocks. */
  tasks: readonly PlanTask[];
  /** The range to plan. `to` is exclusive. */
  within: { from: Instant; to: Instant };
  /** Minutes of a task that has no estimate. Default: 60. */
  durationMinutes?: number | undefined;
  /** Default: 08:00 to 20:00 every day. */
  workingHours?: WorkingHours | undefined;
  /** A time of day that stays free, such as `['12:00', '13:00']`. */
  lunch?: readonly [from: string, to: string] | undefined;
  /** IANA time zone of all hours. Default: the calendar's. */
  timeZone?: string | undefined;
  /** Minutes to keep free before and after events; a number for both. Default: 0. */
  bufferMinutes?: number | Buffers | undefined;
  /** Work begins at multiples of this after midnight, or when a piece before it ends. Default: 15. */
  granularityMinutes?: number | undefined;
  /** Nothing is planned sooner than this from now. Default: 0. */
  minimumNoticeMinutes?: number | undefined;
  /** The most hours of planned work in a day. Default: all working hours. */
  maxHoursPerDay?: number | undefined;
  /**
   * Pieces show the user as free to others until fewer free minutes than this are left before their task is due; then they show
   * as busy. Default: always busy.
   */
  busyBelowSlackMinutes?: number | undefined;
  /** The calendar of new blocks. Default: the primary one. */
  calendarId?: string | undefined;
  /** What a later change of a task means for its blocks. Default: the context's. */
  onTaskChange?: OnTaskChange | undefined;
}

/** What was asked for, as JSON: what `replan` plans again. */
export type PlanRequest = Omit<PlanOptions, keyof CallOptions>;

/**
 * Why a piece is where it is: it stays there (`kept`; `kept_by_hand` where the user has put it; `protected`; `begun`), it is the
 * first time that is free after an event or other work, or in the working hours, or the first that the task or its hours allow;
 * and whether it is before or after its task is due.
 */
export type PlanReason =
  | 'kept'
  | 'kept_by_hand'
  | 'protected'
  | 'begun'
  | 'after_event'
  | 'after_work'
  | 'start_of_hours'
  | 'not_before_earliest'
  | 'before_due'
  | 'after_due';

/** A block as it was when the plan was made. */
export interface SeenBlock extends EventPlace {
  etag?: string;
  /** When it was. */
  slot?: Slot;
}

/** A stretch of work that a plan proposes. */
export interface PlanPiece {
  taskId: string;
  title: string;
  /** The day of the occurrence of a recurring task. */
  occurrence?: string;
  /** By the zone's clocks with their offset. */
  start: string;
  end: string;
  /** What applying it does: nothing (`keep`), or with the event that is there (`change`), or a new one. */
  action: 'create' | 'change' | 'keep';
  /** The event that is there. */
  block?: SeenBlock;
  /** Whether it shows the user as free to others. */
  showsFree?: boolean;
  /** Why there, in words: `after your 10:00, before it is due`. */
  reason: string;
  /** The same for programs. */
  reasons: readonly PlanReason[];
}

/** Work that has no place in a plan. */
export interface UnplacedWork {
  taskId: string;
  occurrence?: string;
  minutes: number;
  reason: UnplacedReason;
  /** The same in words. */
  text: string;
}

/** A proposal: nothing is written yet. It is JSON, so that it can be shown, stored, and applied by another process. */
export interface Plan {
  id: string;
  /** In order of time. */
  pieces: PlanPiece[];
  /** Tasks of which minutes are planned after they are due. */
  late: { taskId: string; occurrence?: string; minutes: number }[];
  unplaced: UnplacedWork[];
  /** Blocks that are to go: those that a task no longer needs. */
  removed: (SeenBlock & { taskId: string })[];
  timeZone: string;
  request: PlanRequest;
}

/**
 * What became of a piece:
 * - `created`, `changed`, `unchanged`: it is as the plan says; with a plan that was applied before, nothing is looked at;
 * - `removed`: the block is gone, as the plan says;
 * - `taken`: something else has its time now; nothing was written;
 * - `conflict`: somebody has moved the block since the plan was made; it stays as they left it;
 * - `ended`: its task, or the occurrence, was completed, abandoned or deleted since; it needs no time, and nothing was written;
 * - `failed`: `error` says why; applying the plan again goes on.
 */
export type PieceOutcome =
  'created' | 'changed' | 'unchanged' | 'removed' | 'ended' | 'taken' | 'conflict' | 'failed';

/** What became of one piece of a plan. */
export interface AppliedPiece {
  taskId: string;
  occurrence?: string;
  outcome: PieceOutcome;
  slot?: Slot;
  /** As it is now. */
  event?: CalendarEvent;
  /** As it was before it was changed or removed. */
  before?: CalendarEvent;
  /** Where the event is. */
  calendarId?: string;
  error?: ContextSdkError;
}

/** What became of a plan. */
export interface AppliedPlan {
  planId: string;
  /** Whether the calendar is as the plan says. If not, `replan` makes one that fits. */
  isComplete: boolean;
  pieces: AppliedPiece[];
}
