import type { CallOptions } from '@context-sdk/oauth-core';
import { invalidInput } from './input-checks.ts';

/** All options of a method, for the compiler to compare with its type. */
export type OptionNames<T> = Readonly<Record<keyof T, true>>;

export const CALL_OPTIONS: OptionNames<CallOptions> = {
  signal: true,
  timeoutMs: true,
  deadlineMs: true,
  maxWaitMs: true,
  grantId: true,
};

/** Throws {@link InvalidRequestError} that names an option which the method doesn't have: a typo must not be ignored. */
export function checkOptionNames<T extends object>(options: T | undefined, names: OptionNames<T>): void {
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null) throw invalidInput('options', 'is not an object');
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown !== undefined) {
    throw invalidInput(unknown, `is not an option here; there are ${Object.keys(names).join(', ')}`);
  }
}
