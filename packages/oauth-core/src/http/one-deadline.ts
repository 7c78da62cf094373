import { ConfigurationError, TimeoutError } from '../errors/index.ts';
import { MAX_TIMER_MS } from '../timing/delay.ts';
import type { CallOptions } from './exchange.ts';

/**
 * Options whose `deadlineMs` counts from now for all requests of a client's method together, as a signal, instead of
 * anew for each of them. Throws {@link ConfigurationError} where it is not above 0.
 */
export function oneDeadline<T extends CallOptions>(options: T | undefined, service: string): T | undefined {
  const { deadlineMs, signal } = options ?? {};
  if (options === undefined || deadlineMs === undefined) return options;
  if (!(deadlineMs > 0)) throw new ConfigurationError('deadlineMs must be above 0.', { service });
  const controller = new AbortController();
  const error = new TimeoutError(`The call took longer than ${deadlineMs} ms.`, {
    service,
    timeoutMs: deadlineMs,
  });
  const timer: unknown = setTimeout(() => controller.abort(error), Math.min(deadlineMs, MAX_TIMER_MS));
  // Where timers hold a process (Node), this one must not: nobody is left to clear it when the call ends early.
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as NodeJS.Timeout).unref();
  const either = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
  return { ...options, deadlineMs: undefined, signal: either };
}
