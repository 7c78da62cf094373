import { invalid } from '../input/invalid.ts';
import { type DateInput, toInstant } from './wire-date.ts';

/** Dates are sent in whole seconds. */
export const SECOND_MS = 1000;

/** Closed, in epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

export function checkedSpan(range: { from: DateInput; to: DateInput }): Span {
  const from = toInstant(range?.from, 'from');
  const to = toInstant(range.to, 'to');
  if (from > to) throw invalid('to', 'is before from');
  return { from, to };
}

/** The span in whole seconds that holds this one. */
export function inSeconds({ from, to }: Span): Span {
  return { from: Math.floor(from / SECOND_MS) * SECOND_MS, to: Math.ceil(to / SECOND_MS) * SECOND_MS };
}
