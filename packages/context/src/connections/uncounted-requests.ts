import { ContextSdkError, type RateLimiter, type RateLimiterRunOptions } from '@context-sdk/oauth-core';
import { processRateLimiter } from '@context-sdk/oauth-core/client-kit';
import type { ProviderId } from '../options/provider-id.ts';
import type { ConnectedAccount } from './connection.ts';
import { limiterAccount } from './limiter-account.ts';

/** Requests that are sent before their account is known: they say whose token it is. The service counts them for the account. */
export class UncountedRequests {
  /** Limits them, and remembers them. */
  readonly limiter: RateLimiter;
  readonly #inner: RateLimiter;
  readonly #sent: RateLimiterRunOptions[] = [];

  constructor(inner: RateLimiter = processRateLimiter()) {
    this.#inner = inner;
    this.limiter = {
      run: (key, dispatch, terms = {}) =>
        inner.run(
          key,
          () => {
            this.#sent.push(terms);
            return dispatch();
          },
          terms,
        ),
      pause: (key, forMs) => inner.pause(key, forMs),
    };
  }

  /** Counts them for the account. Where its limits are used up, what comes next waits anyway. */
  async countFor(provider: ProviderId, account: ConnectedAccount): Promise<void> {
    const name = await limiterAccount(provider, account);
    if (name === undefined) return;
    for (const { limits, cost } of this.#sent) {
      try {
        await this.#inner.run(`${provider}/${name}`, async () => undefined, { limits, cost, maxWaitMs: 0 });
      } catch (error) {
        if (!(error instanceof ContextSdkError)) throw error;
      }
    }
  }
}
