import { ConfigurationError } from '../errors/index.ts';
import { MAX_TIMER_MS } from '../timing/delay.ts';

const MIN_TTL_MS = 10;
/** The part of a lease that its holder leaves unused, and that a waiter adds: clocks do not run equally fast. */
const SLACK = 0.02;
const MAX_HOLDER_SLACK_MS = 1000;

/** Throws {@link ConfigurationError} unless a timer can measure the lease. */
export function checkLeaseTtl(ttlMs: number): void {
  if (ttlMs >= MIN_TTL_MS && ttlMs <= MAX_TIMER_MS) return;
  throw new ConfigurationError(`A lease's ttlMs has to lie between ${MIN_TTL_MS} and ${MAX_TIMER_MS}.`);
}

/** Milliseconds after which a holder has to stop. */
export function holderMs(ttlMs: number): number {
  return ttlMs - Math.min(ttlMs * SLACK * 5, MAX_HOLDER_SLACK_MS);
}

/** Milliseconds for which a waiter has to see the same lease held before it takes over. */
export function waiterMs(ttlMs: number): number {
  return ttlMs * (1 + SLACK) + 10;
}
