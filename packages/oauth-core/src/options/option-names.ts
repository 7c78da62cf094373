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
  const nearest = known.toSorted((a, b) => distance(unknown, a) - distance(unknown, b))[0] ?? '';
  const isNear = distance(unknown, nearest) <= 3;
  throw fail(
    unknown,
    `is not an option: ${isNear ? `did you mean ${nearest}?` : `there are ${known.join(', ')}`}`,
  );
}

/** How many characters have to be put in, left out or replaced to make one word of the other. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, character] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const replaced = (row[column] ?? 0) + (character.toLowerCase() === other.toLowerCase() ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
