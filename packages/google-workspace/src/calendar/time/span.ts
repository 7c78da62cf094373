import { invalid } from '../invalid.ts';
import { checkedInstant, type Instant } from './instant.ts';
import { DAY_MS } from './units.ts';

/** A stretch of time in epoch milliseconds; `end` is not part of it. */
export interface Span {
  start: number;
  end: number;
}

/** A stretch of time as callers say it; `to` is not part of it. */
export interface Range {
  from: Instant;
  to: Instant;
}

/** Days that one question may span: five years. More is a slip, and would be hundreds of requests. */
const MOST_DAYS = 1830;

/** Throws for a range that is empty or longer than five years. */
export function checkedRange({ from, to }: Range): Span {
  const start = checkedInstant(from, 'from').at;
  const end = checkedInstant(to, 'to').at;
  if (end <= start) throw invalid('to', 'is not after from');
  if (end - start > MOST_DAYS * DAY_MS) throw invalid('to', `is more than ${MOST_DAYS} days after from`);
  return { start, end };
}
