import type { DateInput } from '../dates/date-input.ts';

/** How focus was measured, in TickTick's numbers: counting down a pomodoro, or counting up. */
export const FocusType = { pomodoro: 0, timing: 1 } as const;
export type FocusType = (typeof FocusType)[keyof typeof FocusType];

/** What part of a focus was spent on. */
export interface FocusTask {
  taskId?: string;
  title?: string;
  habitId?: string;
  timerId?: string;
  timerName?: string;
  startTime?: string;
  endTime?: string;
}

/** A period of focused work, with times as TickTick writes them. Also has the fields that are not listed here. */
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
  /** Seconds, judging by the documentation's examples. */
  duration?: number;
  relationType?: number[];
}

/** A focus to enter. A calendar day stands for its beginning. */
export interface FocusInput {
  type: FocusType;
  taskId?: string | undefined;
  /** At most 5,000 characters, as `length` counts them. */
  note?: string | undefined;
  startTime?: DateInput | undefined;
  endTime?: DateInput | undefined;
  /** Seconds. */
  pauseDuration?: number | undefined;
  /** Seconds, judging by the documentation's examples. */
  duration?: number | undefined;
  relationType?: readonly number[] | undefined;
}

/** Which focus to list. */
export interface FocusRange {
  from: DateInput;
  /** A calendar day stands for its beginning, here too. */
  to: DateInput;
  type: FocusType;
}
