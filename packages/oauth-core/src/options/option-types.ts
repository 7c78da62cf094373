import { ConfigurationError } from '../errors/index.ts';

/** Throws for an argument that has to be an object, and names it. Default for `fail`: a {@link ConfigurationError}. */
export function checkObject(
  value: unknown,
  name: string,
  fail: (name: string, problem: string) => Error = misconfigured,
): void {
  if (typeof value !== 'object' || value === null) throw fail(name, 'must be an object');
}

/** What `typeof` says of an option; `list` for an array; `true` for one with a check of its own. */
export type OptionType = 'number' | 'boolean' | 'string' | 'function' | 'list' | true;

type TypeOf<T> = [T] extends [number]
  ? 'number'
  : [T] extends [boolean]
    ? 'boolean'
    : [T] extends [string]
      ? 'string'
      : [T] extends [readonly unknown[]]
        ? 'list'
        : [T] extends [(...args: never[]) => unknown]
          ? 'function'
          : true;

/** All options of a method or constructor with their types, for the compiler to compare with their interface. */
export type OptionTypes<T> = { readonly [Name in keyof T]-?: TypeOf<NonNullable<T[Name]>> | true };

function misconfigured(name: string, problem: string): Error {
  return new ConfigurationError(`${name} ${problem}.`);
}

/**
 * Throws for an option that does not exist, and names the one that was probably meant: a typo would be ignored. Throws, too,
 * for one of another type, such as a number that is text: it would be compared, stored or sent. `null` is read as absent.
 * Default for `fail`: a {@link ConfigurationError}.
 */
export function checkOptions(
  options: unknown,
  types: Readonly<Record<string, OptionType>>,
  fail: (name: string, problem: string) => Error = misconfigured,
): void {
  if (options === undefined || options === null) return;
  if (typeof options !== 'object') throw fail('options', 'must be an object');
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(types, name)) throw fail(name, `is not an option: ${suggestion(name, types)}`);
    const type = types[name];
    if (type !== true && value !== undefined && value !== null && !isOf(value, type))
      throw fail(name, `must be a ${type}`);
  }
}

function isOf(value: unknown, type: OptionType | undefined): boolean {
  return type === 'list' ? Array.isArray(value) : typeof value === type && !Number.isNaN(value);
}

function suggestion(unknown: string, types: object): string {
  const known = Object.keys(types);
  const meant = known.toSorted((a, b) => likeness(unknown, b) - likeness(unknown, a))[0] ?? '';
  const isLike = likeness(unknown, meant) >= meant.length / 2;
  return isLike ? `did you mean ${meant}?` : `there are ${known.join(', ')}`;
}

/** How many characters two words have in common at their ends: a typo is in the middle, or at one end. */
function likeness(a: string, b: string): number {
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end += 1;
  return start + end;
}
