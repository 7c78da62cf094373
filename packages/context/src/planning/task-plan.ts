import type { WorkingHours } from '@context-sdk/google-workspace';
import type { Instant, TimeRange } from '@context-sdk/oauth-core/client-kit';

/** Work that needs time. Further members are ignored. */
export interface PlannableTask {
  id: string;
  /** Whole minutes, from 1 to 100,000. */
  durationMinutes: number;
  /** No piece begins before it. */
  earliest?: Instant | undefined;
  /** Minutes after it are late. Without it nothing is. */
  due?: Instant | undefined;
  /** What a late or unplaced minute costs. Default: by `priority`. */
  weight?: number | undefined;
  /** TickTick's, where no `weight` is given: 5 (high) weighs 8, 3 (medium) 4, 1 (low) 2, and 0 or none 1. */
  priority?: number | undefined;
  /** The shortest piece, in minutes. A shorter task is one piece. Default: 30, or less if `maxPieceMinutes` takes it. */
  minPieceMinutes?: number | undefined;
  /** The longest piece, in minutes, with a break of 15 before the next. Default: any length. */
  maxPieceMinutes?: number | undefined;
  /** Whether the work can be done in several pieces. Default: true. */
  splittable?: boolean | undefined;
  /** When it may be done, such as only in the mornings: within `workingHours`. Default: in all of them. */
  hours?: WorkingHours | undefined;
}

/** What to plan, and when there is time. */
export interface PlanTasksOptions extends TimeRange {
  /** At most 500. Of tasks that are alike in all else, the first in the list comes first. */
  tasks: readonly PlannableTask[];
  /** In any order, overlapping or not. */
  busy: readonly { start: Instant; end: Instant }[];
  /** By the clocks of `timeZone`. A lunch break is a gap between two ranges of a day. */
  workingHours: WorkingHours;
  /** IANA. */
  timeZone: string;
  /** Nothing is planned before it. Default: `from`. */
  now?: Instant | undefined;
  /** Minutes to keep free before and after each busy time. Default: 0. */
  bufferMinutes?: number | undefined;
  /** Work begins at multiples of this after midnight, or when a piece before it ends. From 1 to 1,440. Default: 1. */
  granularityMinutes?: number | undefined;
  /** The most minutes of work in a day, `done` included. A piece ends with its day then. From 1 to 1,440. Default: all. */
  maxMinutesPerDay?: number | undefined;
  /** Work that is planned already and counts for its day; it is busy, too. */
  done?: readonly { start: Instant; end: Instant }[] | undefined;
}

/** A stretch of time for a task, by the zone's clocks with their offset: ready to be an event's `dateTime`. */
export interface PlannedPiece {
  taskId: string;
  start: string;
  /** Not part of it. */
  end: string;
}

/**
 * Why a task has no time: it may not begin before the range ends, all time is taken, or no free stretch is as long as its
 * shortest piece.
 */
export type UnplacedReason = 'begins_after_range' | 'no_free_time' | 'no_stretch_long_enough';

/** What a plan proposes. Nothing is written anywhere. */
export interface TaskPlan {
  /** In order of time. */
  pieces: PlannedPiece[];
  /** Tasks of which minutes are planned after their due time, in the order of `tasks`. */
  late: { taskId: string; minutes: number }[];
  /** Tasks of which minutes have no place in the range, in the order of `tasks`. */
  unplaced: { taskId: string; minutes: number; reason: UnplacedReason }[];
}
