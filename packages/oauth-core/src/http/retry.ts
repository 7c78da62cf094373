import {
  ConfigurationError,
  RateLimitError,
  ServiceUnavailableError,
  TimeoutError,
} from '../errors/index.ts';
import type { OptionTypes } from '../options/option-types.ts';
import {
  type CheckedRetry,
  type Exchange,
  type Next,
  type PipelineParts,
  type ReceivedResponse,
  type RetryOptions,
} from './exchange.ts';

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
    const { repeat } = await import('./repeat.ts');
    return await repeat(error, exchange, next).catch((last: unknown) => {
      throw refusalOr(last, exchange);
    });
  }
}

/** Milliseconds for which the service asks for a pause. */
export function retryAfterMsOf(error: unknown): number {
  const asks = error instanceof RateLimitError || error instanceof ServiceUnavailableError;
  return (asks ? error.retryAfterMs : undefined) ?? 0;
}
