import pThrottle from 'p-throttle';
import type { RateLimit } from './rate-limiter.ts';
import { spanOf } from './rate-limits.ts';

/** `Date.now`, which p-throttle goes by, cuts off parts of milliseconds, and timers may ring one early. */
const CLOCK_ERROR_MS = 2;

/** One limit of one key. */
export interface Throttle {
  readonly spanMs: number;
  /** Asks for one unit; `onDelay` is called at once if it is not free yet. */
  slot(onDelay: () => void): Promise<void>;
}

export function throttleFor(rate: RateLimit): Throttle {
  const spanMs = Math.ceil(spanOf(rate)) + CLOCK_ERROR_MS;
  const slot = pThrottle({
    limit: rate.limit,
    interval: spanMs,
    strict: true,
    onDelay: (onDelay: () => void) => onDelay(),
  })(async (_onDelay: () => void) => undefined);
  return { spanMs, slot };
}
