import pRetry from 'p-retry';
import {
  ContextSdkError,
  NetworkError,
  RateLimitError,
  ServiceUnavailableError,
  TimeoutError,
} from '../errors/index.ts';
import { notify } from '../hooks/hooks.ts';
import type { Exchange, Next, ReceivedResponse, Safety } from './exchange.ts';
import { isFarOff, retryAfterMsOf } from './retry.ts';
import { isRepeatable } from './send.ts';

/** Refusals for too many requests at once that cost a call no attempt. */
const MAX_CROWDED = 30;

/** Tries again what has failed once. A module of its own, loaded with the first failure: most calls succeed at once. */
export function repeat(failure: unknown, exchange: Exchange, next: Next): Promise<ReceivedResponse> {
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
