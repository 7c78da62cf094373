import type { Clock } from '../../time/clock.ts';
import { type AzureDevOpsRateLimit, RateLimit } from './rate-limit.ts';

/** One budget for each person in each organisation. */
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
