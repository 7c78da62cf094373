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
import {
  type CheckedRetry,
  type Exchange,
  type Next,
  type ReceivedResponse,
  type RetryOptions,
  type Safety,
} from './exchange.ts';
import { isRepeatable } from './send.ts';

/** Throws {@link ConfigurationError} naming the option that is out of range. */
export function checkedRetry(options: RetryOptions = {}): CheckedRetry {
  const { attempts = 3, minDelayMs = 500, maxDelayMs = 10_000 } = options;
  if (!Number.isInteger(attempts) || attempts < 1) {
    throw new ConfigurationError('retry.attempts must be a whole number from 1.');
  }
  if (!(minDelayMs >= 0)) throw new ConfigurationError('retry.minDelayMs must not be negative.');
  if (!(maxDelayMs >= minDelayMs)) {
    throw new ConfigurationError('retry.maxDelayMs must not be less than retry.minDelayMs.');
  }
  return { attempts, minDelayMs, maxDelayMs };
}

/** Tries again where that can't do anything twice. A call that succeeds at once, as most do, never reaches p-retry. */
export async function retry(exchange: Exchange, next: Next): Promise<ReceivedResponse> {
  try {
    return await next(exchange);
  } catch (error) {
    return await retryAfter(error, exchange, next);
  }
}

function retryAfter(failure: unknown, exchange: Exchange, next: Next): Promise<ReceivedResponse> {
  const { pipeline, call, request, callId, signal } = exchange;
  const { service, hooks, retries } = pipeline;
  const { operation, safety } = call;
  const attemptAgain = (attempt: number): Promise<ReceivedResponse> =>
    attempt === 1 ? Promise.reject(failure) : next(exchange);
  return pRetry(attemptAgain, {
    retries: retries.attempts - 1,
    minTimeout: retries.minDelayMs,
    maxTimeout: retries.maxDelayMs,
    randomize: true,
    ...(signal && { signal }),
    shouldRetry({ error, attemptNumber: attempt, retriesLeft }) {
      if (!isRepeatable(request) || retriesLeft === 0 || !mayRetry(error, safety)) return false;
      // The limiter would refuse, without the service's own words.
      if (retryAfterMsOf(error) > (call.maxWaitMs ?? pipeline.maxWaitMs ?? Number.POSITIVE_INFINITY))
        return false;
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

/** A request that was refused or never sent did nothing. Any other failure may hide an effect (RFC 9110 §9.2.2). */
function mayRetry(error: unknown, safety: Safety): boolean {
  if (error instanceof RateLimitError) return error.retryable && error.status !== undefined;
  if (error instanceof NetworkError) return !error.sent || safety !== 'unsafe';
  if (safety === 'unsafe') return false;
  return error instanceof TimeoutError || error instanceof ServiceUnavailableError;
}
