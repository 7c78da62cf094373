import pRetry from 'p-retry';
import {
  ConfigurationError,
  ContextSdkError,
  NetworkError,
  RateLimitError,
  ServiceUnavailableError,
  TimeoutError,
} from '../errors/index.ts';
import { notify } from '../hooks/hooks.ts';
import type { OptionTypes } from '../options/option-types.ts';
import {
  type CheckedRetry,
  type Exchange,
  type Next,
  type PipelineParts,
  type ReceivedResponse,
  type RetryOptions,
  type Safety,
} from './exchange.ts';
import { isRepeatable } from './send.ts';

/** Refusals for too many requests at once that cost a call no attempt. */
const MAX_CROWDED = 30;

/** Throws {@link ConfigurationError} naming the option that is out of range. */
export function checkedRetry(options?: RetryOptions): CheckedRetry {
  const { attempts = 3, minDelayMs = 500, maxDelayMs = 10_000 } = options ?? {};
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new ConfigurationError('retry.attempts must be a whole number from 1.');
  }
  if (!(minDelayMs >= 0)) throw new ConfigurationError('retry.minDelayMs must be 0 or more.');
  if (!(maxDelayMs >= minDelayMs)) {
    throw new ConfigurationError('retry.maxDelayMs must be retry.minDelayMs or more.');
  }
  return { attempts, minDelayMs, maxDelayMs };
}

/** The types of all {@link RetryOptions}, to check those of a host. */
export const RETRY_OPTIONS: OptionTypes<RetryOptions> = {
  attempts: 'number',
  minDelayMs: 'number',
  maxDelayMs: 'number',
};

/** Throws {@link ConfigurationError} unless it is a number of milliseconds, 0 or more. */
export function checkedMaxPause(maxPauseMs = 60_000): number {
  if (typeof maxPauseMs === 'number' && maxPauseMs >= 0) return maxPauseMs;
  throw new ConfigurationError('maxPauseMs must be 0 or more.');
}

/** Whether the service asks for a longer pause than a call waits for. */
export function isFarOff(error: unknown, { maxPauseMs }: Pick<PipelineParts, 'maxPauseMs'>): boolean {
  return retryAfterMsOf(error) > maxPauseMs;
}

/**
 * The error of a call that ended while it waited: if the service has refused it before, what the service said. A wait or a
 * deadline says less, and a deadline leaves open whether something was sent.
 */
export function refusalOr(error: unknown, { progress: { refusal } }: Exchange): unknown {
  const hasEndedWaiting =
    error instanceof TimeoutError || (error instanceof RateLimitError && error.status === undefined);
  return hasEndedWaiting ? (refusal ?? error) : error;
}

/** Tries again where that can't do anything twice. A call that succeeds at once, as most do, never reaches p-retry. */
export async function retry(exchange: Exchange, next: Next): Promise<ReceivedResponse> {
  try {
    return await next(exchange);
  } catch (error) {
    return await retryAfter(error, exchange, next).catch((last: unknown) => {
      throw refusalOr(last, exchange);
    });
  }
}

function retryAfter(failure: unknown, exchange: Exchange, next: Next): Promise<ReceivedResponse> {
  const { pipeline, call, request, callId, signal } = exchange;
  const { service, hooks, retries } = pipeline;
  const { operation, safety } = call;
  let crowded = 0;
  const attemptAgain = (attempt: number): Promise<ReceivedResponse> =>
    attempt === 1 ? Promise.reject(failure) : next(exchange);
  return pRetry(attemptAgain, {
    retries: retries.attempts - 1,
    minTimeout: retries.minDelayMs,
    maxTimeout: retries.maxDelayMs,
    randomize: true,
    ...(signal && { signal }),
    // The service was busy with other requests of the same account: this one did not fail.
    shouldConsumeRetry: ({ error }) => !(isCrowded(error) && (crowded += 1) < MAX_CROWDED),
    shouldRetry({ error, attemptNumber: attempt, retriesLeft }) {
      if (!isRepeatable(request) || retriesLeft === 0 || !mayRetry(error, safety)) return false;
      // The limiter would refuse, without the service's own words.
      if (retryAfterMsOf(error) > (call.maxWaitMs ?? pipeline.maxWaitMs ?? Number.POSITIVE_INFINITY))
        return false;
      if (isFarOff(error, pipeline)) return false;
      if (error instanceof ContextSdkError) {
        notify(hooks, 'onRetry', { service, operation, callId, attempt, error });
      }
      return true;
    },
  });
}

/** Milliseconds for which the service asks for a pause. */
function retryAfterMsOf(error: unknown): number {
  const asks = error instanceof RateLimitError || error instanceof ServiceUnavailableError;
  return (asks ? error.retryAfterMs : undefined) ?? 0;
}

function isCrowded(error: unknown): boolean {
  return error instanceof RateLimitError && error.limitedBy === 'concurrency';
}

/** A request that was refused or never sent did nothing. Any other failure may hide an effect (RFC 9110 §9.2.2). */
function mayRetry(error: unknown, safety: Safety): boolean {
  if (error instanceof RateLimitError) return error.retryable && error.status !== undefined;
  if (error instanceof NetworkError) return !error.sent || safety !== 'unsafe';
  if (safety === 'unsafe') return false;
  return error instanceof TimeoutError || error instanceof ServiceUnavailableError;
}
