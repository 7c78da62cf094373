import { ConfigurationError } from '../errors/index.ts';
import { MAX_TIMER_MS } from '../timing/delay.ts';

const MIN_TTL_MS = 10;
/**
 * Shares of a lease after which its holder stops and a waiter takes over. They lie so far apart because clocks do not run
 * equally fast: a slow holder and a fast waiter may each be wrong by 6 %.
 */
const HOLDER_SHARE = 0.9;
const WAITER_SHARE = 1.02;

/** Throws {@link ConfigurationError} unless a timer can measure the lease. */
export function checkLeaseTtl(ttlMs: number): void {
  if (ttlMs >= MIN_TTL_MS && ttlMs <= MAX_TIMER_MS) return;
  throw new ConfigurationError(
    `The time of a lease, ttlMs or leaseTtlMs, has to lie between ${MIN_TTL_MS} and ${MAX_TIMER_MS}.`,
  );
}

/** Milliseconds after which a holder has to stop. */
export function holderMs(ttlMs: number): number {
  return ttlMs * HOLDER_SHARE;
}

/** Milliseconds for which a waiter has to see the same lease held before it takes over. */
export function waiterMs(ttlMs: number): number {
  return ttlMs * WAITER_SHARE + 10;
}
