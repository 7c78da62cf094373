import {
  type ContextSdkError,
  NetworkError,
  ServiceUnavailableError,
  TimeoutError,
} from '@context-sdk/oauth-core';

/** Failures in a row, without a success in between, after which a service counts as down. */
const MAX_FAILURES = 8;
/** Until one call tries again, twice as long each time. */
const FIRST_PAUSE_MS = 15_000;
const MAX_PAUSE_MS = 4 * 60_000;

interface Breaker {
  failures: number;
  pauseMs: number;
  /** Epoch milliseconds. */
  pausedUntil: number;
}

/** Which services answer. One that is down is left alone for a while, except for a call now and then that tries again. */
export class ServiceBreakers {
  readonly #breakers = new Map<string, Breaker>();

  /** Until when a service should be left alone, in epoch milliseconds; undefined to go ahead. */
  pausedUntil(service: string): number | undefined {
    const breaker = this.#breakers.get(service);
    if (breaker === undefined || breaker.failures < MAX_FAILURES) return undefined;
    const now = Date.now();
    const waitMs = breaker.pausedUntil - now;
    if (waitMs > 0 && waitMs <= MAX_PAUSE_MS) return spread(breaker);
    // This one tries. The others wait for what it finds.
    breaker.pauseMs = Math.min(2 * breaker.pauseMs, MAX_PAUSE_MS);
    breaker.pausedUntil = now + breaker.pauseMs;
    return undefined;
  }

  /** Notes how a call ended. Only what says that the service as a whole does not answer counts as a failure. */
  note(service: string, error: ContextSdkError | undefined): void {
    if (!isOutage(error)) {
      this.#breakers.delete(service);
      return;
    }
    const breaker = this.#breakers.get(service) ?? { failures: 0, pauseMs: FIRST_PAUSE_MS, pausedUntil: 0 };
    breaker.failures += 1;
    if (breaker.failures === MAX_FAILURES) breaker.pausedUntil = Date.now() + breaker.pauseMs;
    this.#breakers.set(service, breaker);
  }
}

/** Not all at once when the pause ends. */
function spread({ pausedUntil, pauseMs }: Breaker): number {
  return Math.round(pausedUntil + Math.random() * Math.min(pauseMs, 30_000));
}

function isOutage(error: ContextSdkError | undefined): boolean {
  return (
    error instanceof ServiceUnavailableError || error instanceof TimeoutError || error instanceof NetworkError
  );
}
