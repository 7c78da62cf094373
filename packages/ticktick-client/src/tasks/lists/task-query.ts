import { InvalidRequestError } from '@context-sdk/oauth-core';
import { type DateInput, toInstant } from '../../dates/wire-date.ts';
import { checkedId } from '../../transport/checked-id.ts';

/** TickTick cuts lists of tasks off here, without a word. */
export const CAP = 200;
/** Dates are sent in whole seconds. */
export const SECOND_MS = 1000;

/** A span of time, both ends included. A calendar day stands for its beginning. */
export interface TaskRange {
  from: DateInput;
  to: DateInput;
  /** Every project and the inbox where it is left out. `inbox` is the inbox. */
  projectIds?: readonly string[] | undefined;
}

/** Closed, in epoch milliseconds. */
export interface Span {
  from: number;
  to: number;
}

export function checkedSpan(range: TaskRange): Span {
  const from = toInstant(range?.from, 'from');
  const to = toInstant(range.to, 'to');
  if (from > to) throw new InvalidRequestError('to is before from.', { service: 'ticktick', field: 'to' });
  return { from, to };
}

export function checkedProjectIds(projectIds: readonly string[] | undefined): readonly string[] | undefined {
  return projectIds?.map((id, index) => checkedId(id, `projectIds[${index}]`));
}

/** The span in whole seconds that holds this one. */
export function inSeconds({ from, to }: Span): Span {
  return { from: Math.floor(from / SECOND_MS) * SECOND_MS, to: Math.ceil(to / SECOND_MS) * SECOND_MS };
}
