import { type CallOptions, ConfigurationError, TimeoutError } from '@context-sdk/oauth-core';

const MAX_TIMER_MS = 2 ** 31 - 1;

/**
 * Options whose `deadlineMs` counts from now for all requests of a method together, as a signal, instead of anew for
 * each of them.
 */
export function oneDeadline<T extends CallOptions>(options: T | undefined): T | undefined {
  const { deadlineMs, signal } = options ?? {};
  if (options === undefined || deadlineMs === undefined) return options;
  if (!(deadlineMs > 0)) throw new ConfigurationError('deadlineMs must be above 0.', { service: 'ticktick' });
  const controller = new AbortController();
  const error = new TimeoutError(`The call took longer than ${deadlineMs} ms.`, {
    service: 'ticktick',
    timeoutMs: deadlineMs,
  });
  const timer: unknown = setTimeout(() => controller.abort(error), Math.min(deadlineMs, MAX_TIMER_MS));
  // Where timers hold a process (Node), this one must not: nobody is left to clear it when the call ends early.
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as NodeJS.Timeout).unref();
  const either = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
  return { ...options, deadlineMs: undefined, signal: either };
}
