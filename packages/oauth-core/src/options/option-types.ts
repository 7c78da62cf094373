import { ConfigurationError } from '../errors/index.ts';

/** Throws for an argument that has to be an object, and names it. Default for `fail`: a {@link ConfigurationError}. */
export function checkObject(
  value: unknown,
  name: string,
  fail: (name: string, problem: string) => Error = misconfigured,
): void {
  if (typeof value !== 'object' || value === null) throw fail(name, 'must be an object');
}

type Kind = 'number' | 'boolean' | 'string' | 'function' | 'list' | 'object' | 'signal' | 'any';

/**
 * What an option may be: a kind, several of them such as `string|object`, or the table of an object's own options. `checked` is an
 * object that the method checks itself.
 */
export type OptionType = Kind | 'checked' | `${Kind}|${string}` | OptionTable;

/** Options by name, each with what it may be. */
export interface OptionTable {
  readonly [name: string]: OptionType;
}

type KindOf<T> = unknown extends T
  ? 'any'
  : T extends number
    ? 'number'
    : T extends boolean
      ? 'boolean'
      : T extends string
        ? 'string'
        : T extends readonly unknown[]
          ? 'list'
          : T extends (...args: never[]) => unknown
            ? 'function'
            : T extends AbortSignal
              ? 'signal'
              : 'object';

/** All orders of several kinds. */
type Joined<Kinds extends string, One extends string = Kinds> = [Kinds] extends [never]
  ? never
  : One extends Kinds
    ? [Exclude<Kinds, One>] extends [never]
      ? One
      : `${One}|${Joined<Exclude<Kinds, One>>}`
    : never;

type IsUnion<T, All = T> = T extends unknown ? ([All] extends [T] ? false : true) : never;

type Methods<T> = {
  [Name in keyof T]-?: undefined extends T[Name]
    ? never
    : T[Name] extends (...args: never[]) => unknown
      ? Name
      : never;
}[keyof T];

/** Plain data with known members: no port with methods, no record with names of the caller's own. */
type IsPlain<T> = [KindOf<T>] extends ['object']
  ? true extends IsUnion<T>
    ? false
    : string extends keyof T
      ? false
      : [Methods<T>] extends [never]
        ? true
        : false
  : false;

type TypeOf<T> = IsPlain<T> extends true ? OptionTypes<T> | 'checked' : Joined<KindOf<T>>;

/** All options of a method or constructor with their types, for the compiler to compare with their interface. */
export type OptionTypes<T> = { readonly [Name in keyof T]-?: TypeOf<NonNullable<T[Name]>> };

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
  types: OptionTable,
  fail: (name: string, problem: string) => Error = misconfigured,
  argument = 'options',
): void {
  if (options === undefined || options === null) return;
  if (!isOf(options, 'object')) throw fail(argument, 'must be an object');
  for (const [name, value] of Object.entries(options)) {
    if (!Object.hasOwn(types, name)) throw fail(name, `is not an option: ${suggestion(name, types)}`);
    const type = types[name] ?? 'any';
    if (typeof type === 'object')
      checkOptions(value, type, (inner, problem) => fail(`${name}.${inner}`, problem), name);
    else if (value !== undefined && value !== null && !type.split('|').some((kind) => isOf(value, kind)))
      throw fail(name, `must be ${type.split('|').map(withArticle).join(' or ')}`);
  }
}

function withArticle(kind: string): string {
  if (kind === 'signal') return 'an AbortSignal';
  return kind === 'object' || kind === 'checked' ? 'an object' : `a ${kind}`;
}

function isOf(value: unknown, kind: string): boolean {
  if (kind === 'any') return true;
  if (kind === 'signal') return value instanceof AbortSignal;
  if (kind === 'list') return Array.isArray(value);
  return (
    typeof value === (kind === 'checked' ? 'object' : kind) && !Array.isArray(value) && !Number.isNaN(value)
  );
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
