import type ts from 'typescript';
import type { Named } from '../any-arguments/declarations.ts';
import { BY_TYPE } from '../any-arguments/known-samples.ts';
import { type Fill, membersOf, sampleFor } from '../any-arguments/samples.ts';

/** Types whose small samples leave out what this is about. */
const LEFT_OUT = new Set(['EventInput', 'NewEventInput', 'EventChanges', 'AbortSignal', 'Date']);
const TYPES = Object.fromEntries(Object.entries(BY_TYPE).filter(([type]) => !LEFT_OUT.has(type)));

/** How a call is made, not what is asked for. */
const OF_THE_CALL = new Set(['signal', 'timeoutMs', 'deadlineMs', 'maxWaitMs', 'grantId', 'onProgress']);

/** More than any union of words has. */
const ALTERNATIVES = 8;

/** Where values come from. */
export interface Values {
  byName: Readonly<Record<string, unknown>>;
  /** Whole arguments, by their names. */
  whole: Readonly<Record<string, unknown>>;
  /** What `Input` stands for in a class of settings. */
  input: ts.TypeNode | undefined;
}

/** What a method is called with. */
export interface ArgumentLists {
  none: unknown[];
  /** All options, with another of the words that each may have. */
  all: unknown[][];
  /** Each option alone. */
  alone: unknown[][];
}

/** Arguments with none of the options, with all of them, and with each alone; each word that an option may have comes up. */
export function argumentsOf(
  path: string,
  parameters: readonly Named[],
  { byName, whole: known, input }: Values,
): ArgumentLists {
  const samples = (chosen: Omit<Fill, 'byName' | 'byType'>, of: readonly Named[]): unknown[] => {
    const fill = { ...chosen, byName, byType: TYPES };
    const Input = (): unknown => sampleFor(path, { name: 'input', type: input, isOptional: false }, fill);
    const byType = input === undefined ? TYPES : { ...TYPES, Input };
    return of.map((parameter) =>
      withoutThoseOfTheCall(known[parameter.name] ?? sampleFor(path, parameter, { ...fill, byType })),
    );
  };
  const required = parameters.filter(({ isOptional }) => !isOptional);
  const none = samples({ withOptional: false, alternative: 0 }, required);
  const all = Array.from({ length: ALTERNATIVES }, (_, alternative) =>
    samples({ withOptional: true, alternative }, parameters),
  );
  const alone = all.flatMap((whole) =>
    parameters.flatMap((parameter, at) => eachAlone(parameter, at, none, whole)),
  );
  return { none, all: distinct(all), alone: distinct(alone) };
}

function distinct(lists: readonly unknown[][]): unknown[][] {
  return [...new Map(lists.map((args) => [JSON.stringify(args), args])).values()];
}

function withoutThoseOfTheCall(sample: unknown): unknown {
  if (typeof sample !== 'object' || sample === null || Object.getPrototypeOf(sample) !== Object.prototype)
    return sample;
  return Object.fromEntries(Object.entries(sample).filter(([name]) => !OF_THE_CALL.has(name)));
}

function eachAlone(
  { type }: Named,
  at: number,
  none: readonly unknown[],
  whole: readonly unknown[],
): unknown[][] {
  const options = membersOf(type).filter(({ name, isOptional }) => isOptional && !OF_THE_CALL.has(name));
  const before = whole.slice(0, Math.max(none.length, at + 1)).map((value, index) => none[index] ?? value);
  return options.map(({ name }) =>
    before.with(at, { ...Object(none[at]), [name]: Reflect.get(Object(whole[at]), name) }),
  );
}
