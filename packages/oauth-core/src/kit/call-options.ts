import { ConfigurationError } from '../errors/index.ts';
import type { CallOptions } from '../http/exchange.ts';
import { deadlineSignal } from '../timing/deadline-signal.ts';

/** The options of a call that each of its requests gets. The deadline is in the signal, since it counts for all together. */
export type CheckedCallOptions = Pick<CallOptions, 'signal' | 'timeoutMs' | 'maxWaitMs' | 'grantId'>;

/**
 * The options for all requests of a method together: the deadline counts from now. Throws {@link ConfigurationError}
 * naming the option that can't work. `null` is read as absent.
 */
export function checkedCallOptions(options: CallOptions | undefined, service: string): CheckedCallOptions {
  const { signal, timeoutMs, deadlineMs, maxWaitMs, grantId } = options ?? {};
  const misconfigured = (problem: string): ConfigurationError => new ConfigurationError(problem, { service });
  if (signal && !(signal instanceof AbortSignal)) throw misconfigured('signal must be an AbortSignal.');
  for (const [name, ms] of Object.entries({ timeoutMs, deadlineMs })) {
    if (ms !== undefined && ms !== null && !(ms > 0)) throw misconfigured(`${name} must be above 0.`);
  }
  if (maxWaitMs !== undefined && maxWaitMs !== null && !(maxWaitMs >= 0)) {
    throw misconfigured('maxWaitMs must be 0 or more.');
  }
  return {
    signal: deadlineMs ? deadlineSignal(deadlineMs, signal, service) : (signal ?? undefined),
    timeoutMs: timeoutMs ?? undefined,
    maxWaitMs: maxWaitMs ?? undefined,
    grantId: grantId ?? undefined,
  };
}
