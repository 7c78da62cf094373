import { ConfigurationError, TimeoutError } from '../errors/index.ts';
import type { CallOptions } from '../http/exchange.ts';
import { MAX_TIMER_MS } from '../timing/delay.ts';

/** The options of a call, checked, with the moment from which its deadline counts. */
export interface CheckedCallOptions {
  readonly signal: AbortSignal | undefined;
  readonly timeoutMs: number | undefined;
  readonly deadlineMs: number | undefined;
  readonly maxWaitMs: number | undefined;
  /** On the clock of `performance.now()`. */
  readonly startedAt: number;
}

/** Throws {@link ConfigurationError} naming the option that can't work. `null` is read as absent. */
export function checkedCallOptions(options: CallOptions | undefined, service: string): CheckedCallOptions {
  const { signal, timeoutMs, deadlineMs, maxWaitMs } = options ?? {};
  const misconfigured = (problem: string): ConfigurationError => new ConfigurationError(problem, { service });
  if (signal && !(signal instanceof AbortSignal)) throw misconfigured('signal must be an AbortSignal.');
  for (const [name, ms] of Object.entries({ timeoutMs, deadlineMs })) {
    if (ms !== undefined && ms !== null && !(ms > 0)) throw misconfigured(`${name} must be above 0.`);
  }
  if (maxWaitMs !== undefined && maxWaitMs !== null && !(maxWaitMs >= 0)) {
    throw misconfigured('maxWaitMs must be 0 or more.');
  }
  return {
    signal: signal ?? undefined,
    timeoutMs: timeoutMs ?? undefined,
    deadlineMs: deadlineMs ?? undefined,
    maxWaitMs: maxWaitMs ?? undefined,
    startedAt: performance.now(),
  };
}

/** The caller's signal, which also aborts at the deadline, with {@link TimeoutError}. */
export function deadlineSignal(options: CheckedCallOptions, service: string): AbortSignal | undefined {
  const { signal, deadlineMs, startedAt } = options;
  if (deadlineMs === undefined) return signal;
  const deadline = new AbortController();
  const error = new TimeoutError(`The call took longer than ${deadlineMs} ms.`, {
    service,
    timeoutMs: deadlineMs,
  });
  const leftMs = Math.min(Math.max(startedAt + deadlineMs - performance.now(), 0), MAX_TIMER_MS);
  const timer: unknown = setTimeout(() => deadline.abort(error), leftMs);
  // Where timers hold a process (Node), this one must not: the call may end long before it.
  if (typeof timer === 'object' && timer !== null && 'unref' in timer) (timer as NodeJS.Timeout).unref();
  return signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal;
}
