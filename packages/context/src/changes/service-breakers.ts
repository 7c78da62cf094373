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
/** Half of what most polls are apart, so that nobody is late for long once the service is back. */
const MAX_PAUSE_MS = 30_000;
/** Not all at once when the pause ends. */
const SPREAD_MS = 15_000;
/** How long others wait at least for the call that tries: as long again as it has taken so far. */
const MIN_TRIAL_MS = 5_000;

interface Breaker {
  failures: number;
  pauseMs: number;
  /** Epoch milliseconds. */
  pausedUntil: number;
  /** Since when a call tries, in monotonic time. */
  tryingSince?: number | undefined;
}

/** A call of a service that may be made. */
export interface ServiceCall {
  /** Whether it finds out if the service is back. */
  readonly isTrial: boolean;
  /** `isAsked`: whether there was anything to ask the service for. */
  end(outcome: { isAsked: boolean; error?: ContextSdkError | undefined }): void;
}

/** Which services answer. One that is down is left alone for a while, except for a call now and then that tries again. */
export class ServiceBreakers {
  readonly #breakers = new Map<string, Breaker>();
  /** Monotonic times at which services last answered. */
  readonly #answeredAt = new Map<string, number>();

  /** Begins a call, or tells until when the service should be left alone, in epoch milliseconds. */
  begin(
    service: string,
    { isUrgent = false }: { isUrgent?: boolean } = {},
  ): ServiceCall | { postponedUntil: number } {
    const breaker = this.#breakers.get(service);
    const startedAt = performance.now();
    const isOpen = !isUrgent && breaker !== undefined && breaker.failures >= MAX_FAILURES;
    if (!isOpen) {
      return {
        isTrial: false,
        end: ({ isAsked, error }) => {
          if (isAsked) this.#note(service, startedAt, error);
        },
      };
    }
    const postponedUntil = pausedUntil(breaker);
    if (postponedUntil !== undefined) return { postponedUntil };
    breaker.tryingSince = startedAt;
    return {
      isTrial: true,
      end: ({ isAsked, error }) => {
        breaker.tryingSince = undefined;
        // If there was nothing to ask for, the next one tries.
        if (!isAsked) return;
        breaker.pauseMs = Math.min(2 * breaker.pauseMs, MAX_PAUSE_MS);
        breaker.pausedUntil = Date.now() + breaker.pauseMs;
        this.#note(service, startedAt, error);
      },
    };
  }

  /** Counts as a failure what says that the service as a whole does not answer: it has answered nobody since the call began. */
  #note(service: string, startedAt: number, error: ContextSdkError | undefined): void {
    if (!isOutage(error)) {
      this.#answeredAt.set(service, performance.now());
      this.#breakers.delete(service);
      return;
    }
    if (startedAt < (this.#answeredAt.get(service) ?? 0)) return;
    const breaker = this.#breakers.get(service) ?? { failures: 0, pauseMs: FIRST_PAUSE_MS, pausedUntil: 0 };
    breaker.failures += 1;
    if (breaker.failures === MAX_FAILURES) breaker.pausedUntil = Date.now() + breaker.pauseMs;
    this.#breakers.set(service, breaker);
  }
}

/** Until when an open breaker has calls wait, in epoch milliseconds; undefined if one is to try. */
function pausedUntil({ pausedUntil: until, tryingSince }: Breaker): number | undefined {
  const now = Date.now();
  const spreadMs = Math.round(Math.random() * SPREAD_MS);
  if (tryingSince !== undefined)
    return now + Math.round(Math.max(MIN_TRIAL_MS, performance.now() - tryingSince)) + spreadMs;
  const waitMs = until - now;
  return waitMs > 0 && waitMs <= MAX_PAUSE_MS ? until + spreadMs : undefined;
}

function isOutage(error: ContextSdkError | undefined): boolean {
  return (
    error instanceof ServiceUnavailableError || error instanceof TimeoutError || error instanceof NetworkError
  );
}
