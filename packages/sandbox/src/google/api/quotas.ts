import { type SandboxRateLimit, SlidingWindows } from '../../http/rate-limit.ts';
import type { Clock } from '../../time/clock.ts';
import { type GoogleFailure, usageLimit, userRateLimitWithTime } from './failures.ts';
import type { GoogleApi } from './method.ts';

/** How a used-up quota is answered: 403 userRateLimitExceeded, 429, or Gmail's 403 with the time in its text. */
export type QuotaRefusal = '403' | '429' | 'retry-after-text';

/** Units per user. Google's figures since 2026-05-01. */
export const DEFAULT_QUOTAS: Readonly<Record<GoogleApi, readonly SandboxRateLimit[]>> = {
  calendar: [{ limit: 600, intervalMs: 60_000 }],
  gmail: [{ limit: 6000, intervalMs: 60_000 }],
};

const DEFAULT_REFUSALS: Readonly<Record<GoogleApi, QuotaRefusal>> = {
  calendar: '403',
  gmail: 'retry-after-text',
};

/** What each user spent of each API's quota. */
export class Quotas {
  readonly #limits: Partial<Record<GoogleApi, readonly SandboxRateLimit[]>>;
  readonly #refusal: QuotaRefusal | undefined;
  readonly #clock: Clock;
  readonly #windows = new Map<string, SlidingWindows>();

  constructor(options: {
    limits: Partial<Record<GoogleApi, readonly SandboxRateLimit[]>>;
    refusal: QuotaRefusal | undefined;
    clock: Clock;
  }) {
    this.#limits = options.limits;
    this.#refusal = options.refusal;
    this.#clock = options.clock;
  }

  /** Counts a request, and says how it is refused if it is one too many. */
  spend(api: GoogleApi, account: string, units: number): GoogleFailure | undefined {
    const key = `${api} ${account}`;
    const limits = this.#limits[api] ?? DEFAULT_QUOTAS[api];
    const windows = this.#windows.get(key) ?? new SlidingWindows(limits, this.#clock);
    this.#windows.set(key, windows);
    const refusals = windows.spend(units);
    if (refusals.length === 0) return undefined;
    const waitMs = Math.max(...refusals.map(({ retryAfterMs }) => retryAfterMs));
    return refuse(this.#refusal ?? DEFAULT_REFUSALS[api], this.#clock.now() + waitMs);
  }
}

function refuse(refusal: QuotaRefusal, retryAt: number): GoogleFailure {
  if (refusal === 'retry-after-text') return userRateLimitWithTime(retryAt);
  return refusal === '429'
    ? usageLimit('rateLimitExceeded', 'Rate Limit Exceeded', 429)
    : usageLimit('userRateLimitExceeded', 'User Rate Limit Exceeded');
}
