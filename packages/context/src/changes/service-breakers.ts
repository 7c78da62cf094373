import {
  ApiError,
  type ContextSdkError,
  NetworkError,
  ServiceUnavailableError,
  TimeoutError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import type { SharedOutages } from './shared-outages.ts';
import type { SyncResult } from './sync-state.ts';

/** Failures in a row, without a success in between, after which a service counts as down. */
const MAX_FAILURES = 8;
/** Until one call tries again, twice as long each time. */
const FIRST_PAUSE_MS = 15_000;
/** Half of what most polls are apart, so that nobody is late for long once the service is back. */
const MAX_PAUSE_MS = 30_000;
/** Not all at once when the pause ends. */
const SPREAD_MS = 15_000;
/** Of more services and parts of them, those that were not heard of for longest are forgotten. */
const MAX_KNOWN = 1_000;
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

/** What came of a call. `unknown`: the service was not asked, or what it said is not known. */
export type CallOutcome = 'answered' | 'failed' | 'unknown';

/** A call of a service that may be made. */
export interface ServiceCall {
  /** Whether it finds out if the service is back. */
  readonly isTrial: boolean;
  end(outcome: CallOutcome): Promise<void>;
}

/**
 * Which services, or parts of them, answer. One that is down is left alone for a while, except for a call now and then that tries again. A process goes
 * by what it has seen; before that, by what others have.
 */
export class ServiceBreakers {
  readonly #outages: SharedOutages;
  readonly #breakers = new Map<string, Breaker>();
  /** Monotonic times at which services last answered. */
  readonly #answeredAt = new Map<string, number>();
  /** Services of which it was read what others have seen. */
  readonly #heard = new Map<string, Promise<void>>();

  constructor(outages: SharedOutages) {
    this.#outages = outages;
  }

  /** Begins a call, or tells until when the service should be left alone, in epoch milliseconds. */
  async begin(
    service: string,
    { isUrgent = false }: { isUrgent?: boolean } = {},
  ): Promise<ServiceCall | { postponedUntil: number }> {
    if (!isUrgent) await this.#hear(service);
    const breaker = this.#breakers.get(service);
    if (isUrgent || breaker === undefined || !isOpen(breaker)) return this.#call(service);
    const postponedUntil = pausedUntil(breaker);
    if (postponedUntil !== undefined) return { postponedUntil };
    breaker.tryingSince = performance.now();
    // One that was answered before goes by what it sees, and waits for no other, which may have died.
    const isOwn = this.#answeredAt.has(service);
    if (isOwn || (await this.#outages.mayTry(service, MAX_PAUSE_MS)))
      return this.#trial(service, breaker, { isShared: !isOwn });
    breaker.tryingSince = undefined;
    // Another process tries, or has found that the service is back.
    if ((await this.#outages.failures(service)) >= MAX_FAILURES) {
      breaker.pausedUntil = Date.now() + FIRST_PAUSE_MS;
      return { postponedUntil: breaker.pausedUntil + spread() };
    }
    this.#breakers.delete(service);
    return this.#call(service);
  }

  /** What others have seen, once in the life of this process. */
  async #hear(service: string): Promise<void> {
    const hear = async (): Promise<void> => {
      const failures = await this.#outages.failures(service);
      if (failures === 0 || this.#breakers.has(service)) return;
      remember(this.#breakers, service, { failures, pauseMs: FIRST_PAUSE_MS, pausedUntil: 0 });
    };
    const heard = this.#heard.get(service) ?? hear();
    remember(this.#heard, service, heard);
    await heard;
  }

  #call(service: string): ServiceCall {
    const startedAt = performance.now();
    return {
      isTrial: false,
      end: async (outcome) => {
        if (outcome !== 'unknown') await this.#note(service, startedAt, outcome);
      },
    };
  }

  /** `isShared`: others wait for it. */
  #trial(service: string, breaker: Breaker, { isShared }: { isShared: boolean }): ServiceCall {
    const startedAt = performance.now();
    return {
      isTrial: true,
      end: async (outcome) => {
        breaker.tryingSince = undefined;
        // The next one tries.
        if (outcome === 'unknown') return isShared ? await this.#outages.endPause(service) : undefined;
        breaker.pauseMs = Math.min(2 * breaker.pauseMs, MAX_PAUSE_MS);
        breaker.pausedUntil = Date.now() + breaker.pauseMs;
        if (outcome === 'failed') await this.#outages.pause(service, breaker.pauseMs);
        await this.#note(service, startedAt, outcome);
      },
    };
  }

  /** Counts as a failure what says that the service as a whole does not answer: it has answered nobody since the call began. */
  async #note(service: string, startedAt: number, outcome: CallOutcome): Promise<void> {
    const known = this.#breakers.get(service);
    if (outcome === 'answered') {
      remember(this.#answeredAt, service, performance.now());
      this.#breakers.delete(service);
      if (known !== undefined) await this.#outages.end(service);
      return;
    }
    const answeredAt = this.#answeredAt.get(service);
    if (startedAt < (answeredAt ?? 0)) return;
    const breaker = known ?? { failures: 0, pauseMs: FIRST_PAUSE_MS, pausedUntil: 0 };
    remember(this.#breakers, service, breaker);
    const wasOpen = isOpen(breaker);
    breaker.failures += 1;
    // While it was answered, single failures are its own.
    if (answeredAt === undefined || isOpen(breaker))
      breaker.failures = await this.#outages.count(service, breaker.failures);
    if (wasOpen || !isOpen(breaker)) return;
    breaker.pausedUntil = Date.now() + breaker.pauseMs;
    await this.#outages.pause(service, breaker.pauseMs);
  }
}

/** Moves what is known to the end of the map. */
function remember<T>(known: Map<string, T>, service: string, value: T): void {
  known.delete(service);
  known.set(service, value);
  const [oldest] = known.keys();
  if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
}

function isOpen({ failures }: Breaker): boolean {
  return failures >= MAX_FAILURES;
}

/** Until when an open breaker has calls wait, in epoch milliseconds; undefined if one is to try. */
function pausedUntil({ pausedUntil: until, tryingSince }: Breaker): number | undefined {
  const now = Date.now();
  if (tryingSince !== undefined)
    return now + Math.round(Math.max(MIN_TRIAL_MS, performance.now() - tryingSince)) + spread();
  const waitMs = until - now;
  return waitMs > 0 && waitMs <= MAX_PAUSE_MS ? until + spread() : undefined;
}

function spread(): number {
  return Math.round(Math.random() * SPREAD_MS);
}

/** What the result of a sync says of its service. An account whose tokens don't work, or a busy event, says nothing. */
export function outcomeOf({ did, error }: Pick<SyncResult, 'did' | 'error'>): CallOutcome {
  if (error !== undefined && isOutage(error)) return 'failed';
  return did !== 'nothing' || (error !== undefined && isAnswer(error)) ? 'answered' : 'unknown';
}

function isOutage(error: ContextSdkError): boolean {
  if (error instanceof ServiceUnavailableError) return error.status !== undefined;
  return error instanceof TimeoutError || error instanceof NetworkError;
}

/** Whether there was a response. */
function isAnswer(error: ContextSdkError): boolean {
  if (error instanceof ApiError) return error.status !== undefined;
  return error instanceof UnexpectedResponseError || error.code === 'event_not_handled';
}
