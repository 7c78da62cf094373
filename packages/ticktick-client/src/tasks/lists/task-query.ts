import type { DateInput } from '../../dates/wire-date.ts';

/** TickTick cuts lists of tasks off here, without a word. */
export const CAP = 200;

/** A span of time, both ends included. A calendar day stands for its beginning. */
export interface TaskRange {
  from: DateInput;
  to: DateInput;
  /** Every project and the inbox where it is left out. `inbox` is the inbox. */
  projectIds?: readonly string[] | undefined;
}
