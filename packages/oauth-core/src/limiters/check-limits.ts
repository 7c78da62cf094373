import { ConfigurationError } from '../errors/index.ts';
import type { RateLimit, WindowLimit } from './rate-limiter.ts';

/** A list of limits, told apart. */
export interface CheckedLimits {
  readonly windows: readonly WindowLimit[];
  /** The smallest; undefined if none limits it. */
  readonly concurrency: number | undefined;
}

/** Limiters recognize lists by identity, so each is taken apart once. */
const known = /* @__PURE__ */ new WeakMap<readonly RateLimit[], CheckedLimits>();

/** Every number is whole and above 0; intervals are finite. Throws {@link ConfigurationError}. */
export function checkedLimits(limits: readonly RateLimit[]): CheckedLimits {
  if (!Array.isArray(limits)) throw new ConfigurationError('limits has to be a list.');
  const checked = known.get(limits) ?? takenApart(limits);
  known.set(limits, checked);
  return checked;
}

function takenApart(limits: readonly RateLimit[]): CheckedLimits {
  const windows: WindowLimit[] = [];
  let concurrency: number | undefined;
  for (const rate of limits) {
    if (typeof rate !== 'object' || rate === null)
      throw new ConfigurationError('limits: a limit has to be an object.');
    if ('concurrency' in rate) {
      checkWhole(rate.concurrency, 'a concurrency');
      concurrency = Math.min(concurrency ?? rate.concurrency, rate.concurrency);
    } else {
      checkWhole(rate.limit, 'a limit');
      if (!Number.isFinite(rate.intervalMs) || rate.intervalMs <= 0)
        throw new ConfigurationError('limits: an intervalMs has to be a finite number above 0.');
      windows.push(rate);
    }
  }
  return { windows, concurrency };
}

function checkWhole(value: number, what: string): void {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new ConfigurationError(`limits: ${what} has to be a whole number above 0.`);
}
