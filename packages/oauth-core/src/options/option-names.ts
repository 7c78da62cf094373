import { ConfigurationError } from '../errors/index.ts';

/** All options of a method or constructor, for the compiler to compare with their type. */
export type OptionNames<T> = Readonly<Record<keyof T, true>>;

function misconfigured(name: string, problem: string): Error {
  return new ConfigurationError(`${name} ${problem}.`);
}

/**
 * Throws for an option that does not exist, and names the one that was probably meant: a typo would be ignored. Default for
 * `fail`: a {@link ConfigurationError}.
 */
export function checkOptionNames(
  options: unknown,
  names: Readonly<Record<string, true>>,
  fail: (name: string, problem: string) => Error = misconfigured,
): void {
  if (options === undefined || options === null) return;
  if (typeof options !== 'object') throw fail('options', 'must be an object');
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown === undefined) return;
  const known = Object.keys(names);
  const meant = known.toSorted((a, b) => likeness(unknown, b) - likeness(unknown, a))[0] ?? '';
  const isLike = likeness(unknown, meant) >= meant.length / 2;
  throw fail(
    unknown,
    `is not an option: ${isLike ? `did you mean ${meant}?` : `there are ${known.join(', ')}`}`,
  );
}

/** How many characters two words have in common at their ends: a typo is in the middle, or at one end. */
function likeness(a: string, b: string): number {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return start + end;
}
