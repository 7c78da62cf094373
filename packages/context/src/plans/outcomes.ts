import type { PieceOutcome } from './plan.ts';

const DONE: ReadonlySet<PieceOutcome> = new Set(['created', 'changed', 'unchanged', 'removed', 'ended']);

/** Whether the calendar is as the plan says for a piece of this outcome. */
export function isDone(outcome: PieceOutcome): boolean {
  return DONE.has(outcome);
}
