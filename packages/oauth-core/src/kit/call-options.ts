import { ConfigurationError } from '../errors/index.ts';
import type { CallOptions } from '../http/exchange.ts';
import { checkOptions, type OptionTypes } from '../options/option-types.ts';
import { deadlineSignal } from '../timing/deadline-signal.ts';
import { serviceErrors } from './service-errors.ts';

/** The options of a method besides those that every method has. */
export type OwnOptions<T> = OptionTypes<Omit<T, keyof CallOptions>>;

/** For options with names of their own, the table of these: the compiler asks for it, so that no method forgets the check. */
export type OwnArgument<T> = [keyof T] extends [keyof CallOptions] ? [] : [own: OwnOptions<T>];

/** The options of every method. */
export const CALL_OPTIONS: OptionTypes<CallOptions> = {
  signal: 'signal',
  timeoutMs: 'number',
  deadlineMs: 'number',
  maxWaitMs: 'number',
  grantId: 'string',
};

/** The options of a call that each of its requests gets. The deadline is in the signal, since it counts for all together. */
export type CheckedCallOptions = Pick<CallOptions, 'signal' | 'timeoutMs' | 'maxWaitMs' | 'grantId'>;

/**
 * The options for all requests of a method together: the deadline counts from now. `own` are those that the method has besides.
 * Throws {@link InvalidRequestError} naming an option that doesn't exist, and {@link ConfigurationError} naming one that
 * can't work. `null` is read as absent.
 */
export function checkedCallOptions<Options extends CallOptions>(
  options: Options | undefined,
  service: string,
  ...[own]: OwnArgument<Options>
): CheckedCallOptions {
  const { signal, timeoutMs, deadlineMs, maxWaitMs, grantId } = options ?? {};
  const misconfigured = (problem: string): ConfigurationError => new ConfigurationError(problem, { service });
  if (!(signal instanceof AbortSignal) && (signal ?? undefined) !== undefined)
    throw misconfigured('signal must be an AbortSignal.');
  for (const [name, ms] of Object.entries({ timeoutMs: timeoutMs ?? 1, deadlineMs: deadlineMs ?? 1 })) {
    if (!isNumber(ms) || ms <= 0) throw misconfigured(`${name} must be a number above 0.`);
  }
  const wait = maxWaitMs ?? 0;
  if (!isNumber(wait) || wait < 0) throw misconfigured('maxWaitMs must be a number, 0 or more.');
  checkOptions(options, { ...CALL_OPTIONS, ...own }, serviceErrors(service).invalid);
  return {
    signal: deadlineMs ? deadlineSignal(deadlineMs, signal, service) : (signal ?? undefined),
    timeoutMs: timeoutMs ?? undefined,
    maxWaitMs: maxWaitMs ?? undefined,
    grantId: grantId ?? undefined,
  };
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && !Number.isNaN(value);
}
