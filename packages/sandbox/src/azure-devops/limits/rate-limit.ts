import type { Clock } from '../../time/clock.ts';
import { ApiFailure } from '../api-failure.ts';

/** How much work one person may cause, in TSTU: 1 is what a typical user causes in five minutes. */
export interface AzureDevOpsRateLimit {
  /** Default: 200. */
  readonly limit?: number;
  /** Milliseconds. Default: five minutes. */
  readonly windowMs?: number;
}

interface Use {
  readonly at: number;
  readonly tstu: number;
}

/** What the limit says to a request: how long it is held up, and the headers of its answer. */
export interface Verdict {
  readonly delayMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly blocked: boolean;
}

/** Microsoft publishes no prices; these keep an ordinary client far from the limit. */
const PRICES = { read: 0.01, write: 0.02 } as const;

const MAX_DELAY_MS = 30_000;

/**
 * One user's budget in a sliding window (docs/facts/azure-devops.md#rate-limits). From 80 % of it answers carry headers, Retry-After
 * included; over it requests are delayed by up to 30 s; at twice the budget they are blocked with 429.
 */
class RateLimit {
  readonly #limit: number;
  readonly #windowMs: number;
  readonly #clock: Clock;
  #uses: Use[] = [];

  constructor({ limit = 200, windowMs = 300_000 }: AzureDevOpsRateLimit, clock: Clock) {
    this.#limit = limit;
    this.#windowMs = windowMs;
    this.#clock = clock;
  }

  spend(tstu: number): void {
    this.#uses.push({ at: this.#clock.now(), tstu });
  }

  /** Counts a request, unless it is blocked: what is blocked is not executed and costs nothing. */
  request(kind: keyof typeof PRICES): Verdict {
    const now = this.#clock.now();
    this.#uses = this.#uses.filter(({ at }) => at > now - this.#windowMs);
    const used = this.#uses.reduce((sum, { tstu }) => sum + tstu, 0);
    const blocked = used >= 2 * this.#limit;
    if (!blocked) this.spend(PRICES[kind]);
    if (used < 0.8 * this.#limit) return { delayMs: 0, headers: {}, blocked };
    const delayMs = blocked ? 0 : delayOf(used / this.#limit);
    return { delayMs, headers: this.#headers(used, delayMs, now), blocked };
  }

  #headers(used: number, delayMs: number, now: number): Record<string, string> {
    const resetAt = (this.#uses[0]?.at ?? now) + this.#windowMs;
    const over = used / this.#limit - 0.8;
    return {
      'retry-after': String(Math.max(1, Math.min(30, Math.ceil(over * 25)))),
      'x-ratelimit-resource': 'Concurrency',
      ...(used >= this.#limit && { 'x-ratelimit-delay': (delayMs / 1000).toFixed(3) }),
      'x-ratelimit-limit': String(this.#limit),
      'x-ratelimit-remaining': String(Math.max(0, Math.floor(this.#limit - used))),
      'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    };
  }
}

/** None up to the budget, then growing to 30 s at twice the budget. */
function delayOf(share: number): number {
  return share < 1 ? 0 : Math.min(MAX_DELAY_MS, Math.round((share - 1) * MAX_DELAY_MS) + 100);
}

export function blockedFailure(): ApiFailure {
  return new ApiFailure(
    429,
    'RequestBlockedException',
    'TF400733: The request has been canceled: Request was blocked due to exceeding usage of resource Concurrency in namespace 4f5d0d4e-0000-0000-0000-000000000000.',
    { area: 'framework' },
  );
}

/** One budget for each person in each organization. */
export class RateLimits {
  readonly #byIdentity = new Map<string, RateLimit>();
  readonly #options: AzureDevOpsRateLimit;
  readonly #clock: Clock;

  constructor(options: AzureDevOpsRateLimit | false, clock: Clock) {
    this.#options = options === false ? { limit: Number.POSITIVE_INFINITY } : options;
    this.#clock = clock;
  }

  of(organization: string, uniqueName: string): RateLimit {
    const key = `${organization}/${uniqueName}`;
    const limit = this.#byIdentity.get(key) ?? new RateLimit(this.#options, this.#clock);
    this.#byIdentity.set(key, limit);
    return limit;
  }
}
