import { checkedTimeRange, DAY_MS, type TimeRange } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';

/** A stretch of time in epoch milliseconds; `end` is not part of it. */
export interface Span {
  start: number;
  end: number;
}

/** Days that one question may cover: five years. More is likely a mistake, and would take hundreds of requests. */
const MAX_DAYS = 1830;

/** Throws {@link InvalidRequestError} for a range that is empty or longer than five years. */
export function checkedSpan(range: TimeRange): Span {
  const { from, to } = checkedTimeRange(range, invalid);
  if (to - from > MAX_DAYS * DAY_MS) throw invalid('to', `is more than ${MAX_DAYS} days after from`);
  return { start: from, end: to };
}

/** The same time as spans in order that neither overlap nor touch, without empty ones. */
export function merged(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  const inOrder = spans.filter(({ start, end }) => end > start).toSorted((a, b) => a.start - b.start);
  for (const { start, end } of inOrder) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** What remains of merged spans without the holes, which must be merged too. */
export function without(spans: readonly Span[], holes: readonly Span[]): Span[] {
  const rest: Span[] = [];
  let next = 0;
  for (const { start, end } of spans) {
    let from = start;
    while ((holes[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next += 1;
    for (let index = next; (holes[index]?.start ?? Number.POSITIVE_INFINITY) < end; index += 1) {
      const hole = holes[index] as Span;
      if (hole.start > from) rest.push({ start: from, end: hole.start });
      from = hole.end;
    }
    if (from < end) rest.push({ start: from, end });
  }
  return rest;
}

/** The time that both have in common. Its end is not after its start if there is none. */
export function overlap(one: Span, other: Span): Span {
  return { start: Math.max(one.start, other.start), end: Math.min(one.end, other.end) };
}
