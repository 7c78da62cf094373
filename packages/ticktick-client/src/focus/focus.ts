import type { DateInput } from '../dates/wire-date.ts';

/** How focus was measured, in TickTick's numbers: counting down a pomodoro, or counting up. */
export const FocusType = { pomodoro: 0, timing: 1 } as const;
export type FocusType = (typeof FocusType)[keyof typeof FocusType];

/** What a part of a focus was spent on. */
export interface FocusTask {
  taskId?: string;
  title?: string;
  habitId?: string;
  timerId?: string;
  timerName?: string;
  startTime?: string;
  endTime?: string;
}

/** A stretch of focused work. Times are TickTick's own texts; fields that are not named here are there too. */
export interface Focus {
  id: string;
  userId?: number;
  type?: FocusType | (number & {});
  taskId?: string;
  note?: string;
  tasks?: FocusTask[];
  status?: number;
  startTime?: string;
  endTime?: string;
  /** Seconds. */
  pauseDuration?: number;
  /** Seconds. */
  adjustTime?: number;
  /** Whether it was entered afterwards. */
  added?: boolean;
  createdTime?: string;
  modifiedTime?: string;
  etimestamp?: number;
  etag?: string;
  /** Seconds, as far as the documentation's examples tell. */
  duration?: number;
  relationType?: number[];
}

/** A focus to enter. A calendar day as time is its beginning. */
export interface FocusInput {
  type: FocusType;
  taskId?: string;
  /** At most 5,000 characters, as `length` counts them. */
  note?: string;
  startTime?: DateInput;
  endTime?: DateInput;
  /** Seconds. */
  pauseDuration?: number;
  /** Seconds, as far as the documentation's examples tell. */
  duration?: number;
  relationType?: number[];
}

/** Which focus to list. */
export interface FocusRange {
  from: DateInput;
  /** A calendar day is its beginning, here too. */
  to: DateInput;
  type: FocusType;
}
