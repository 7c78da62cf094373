import { ConfigurationError, ContextSdkError, InvalidRequestError } from '@context-sdk/oauth-core/errors';
import type { Named } from './declarations.ts';
import { NAMED_OTHERWISE } from './exceptions.ts';
import { HostileError, hostileValues, isThrowing } from './hostile-values.ts';
import { takeNonsense } from './known-samples.ts';
import { type PublicCall, samplesFor } from './public-calls.ts';
import { membersOf, sampleFor } from './samples.ts';

interface Case {
  what: string;
  args: unknown[];
  /** Words of which an error has to say one: the argument, or what it may hold. Without them, any typed error will do. */
  names?: readonly string[];
}

/** A parameter and what it may hold, in the singular, too; and what the method is about: "task is not an object". */
function namesIn(path: string, { name, type }: Named, value: unknown): string[] {
  const isReadable = typeof value === 'object' && value !== null && !isThrowing(value);
  const held = isReadable ? Object.keys(value) : [];
  const members = membersOf(type).flatMap((member) => [member.name, ...(NAMED_OTHERWISE[member.name] ?? [])]);
  const options = OPTIONS_TYPE.test(type?.getText() ?? '') ? ['options'] : [];
  const about = path.split('.').flatMap((word) => [singular(word), ...(NAMED_OTHERWISE[word] ?? [])]);
  return [name, singular(name), ...(NAMED_OTHERWISE[name] ?? []), ...members, ...held, ...options, ...about];
}

const OPTIONS_TYPE = /(?:Options|Query)\b/;

function singular(word: string): string {
  return word.replace(/s$/, '');
}

/** `share` of 6: each member of an argument gets every sixth value, and its neighbor the next ones. The argument itself gets all. */
function casesOf({ path, parameters }: PublicCall, share: number): Case[] {
  const samples = parameters.map((parameter) => sampleFor(path, parameter));
  const at = (index: number, value: unknown): unknown[] => samples.with(index, value);
  const cases: Case[] = samplesFor({ path, parameters }).map((_, count) => ({
    what: `${count} arguments`,
    args: samples.slice(0, count),
  }));
  parameters.forEach((parameter, index) => {
    const { name, type } = parameter;
    for (const [kind, value] of Object.entries(hostileValues())) {
      cases.push({
        what: `${name}: ${kind}`,
        args: at(index, value),
        names: namesIn(path, parameter, value),
      });
    }
    const sample = samples[index];
    const base = typeof sample === 'object' && sample !== null && !Array.isArray(sample) ? sample : {};
    for (const [position, member] of membersOf(type).entries()) {
      for (const [number, [kind, value]] of Object.entries(hostileValues()).entries()) {
        if ((position + number) % share !== 0) continue;
        cases.push({
          what: `${name}.${member.name}: ${kind}`,
          args: at(index, { ...base, [member.name]: value }),
          names: [...namesIn(path, parameter, undefined), ...namesIn(path, member, value)],
        });
      }
    }
  });
  return cases;
}

async function outcomeOf(call: PublicCall, args: readonly unknown[]): Promise<unknown> {
  try {
    const result: unknown = await call.call(args);
    if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return undefined;
    const iterator = (result as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.return?.();
    return undefined;
  } catch (error) {
    return error;
  }
}

function isTyped(error: unknown): boolean {
  return error === undefined || error instanceof ContextSdkError || error instanceof HostileError;
}

function problemIn(error: unknown, names: readonly string[] | undefined, usual: string): string | undefined {
  const shown = (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 150);
  if (!isTyped(error)) return `raw ${shown}`;
  const isOfInput = error instanceof InvalidRequestError || error instanceof ConfigurationError;
  if (!isOfInput || names === undefined || error.message === usual) return undefined;
  const message = error.message.toLowerCase();
  const isNamed = names.some((name) => name !== '' && message.includes(name.toLowerCase()));
  return isNamed ? undefined : `names no argument: ${shown}`;
}

const LONG_MS = 20_000;

/** What came of calling it with hostile values that is no typed error which names its argument. */
export async function problemsOf(call: PublicCall, share: number): Promise<string[]> {
  const problems: string[] = [];
  const usual = call.parameters.length > 0 && (await outcomeOf(call, samplesFor(call)));
  const usualMessage = usual instanceof Error ? usual.message : '';
  for (const { what, args, names } of casesOf(call, share)) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>(
      (resolve) => (timer = setTimeout(() => resolve('never settles'), LONG_MS)),
    );
    const problem = await Promise.race([
      outcomeOf(call, args).then((error) => problemIn(error, names, usualMessage)),
      late,
    ]);
    clearTimeout(timer);
    if (problem !== undefined) problems.push(`${call.path} (${what}): ${problem}`);
    for (const sent of takeNonsense()) problems.push(`${call.path} (${what}): sent ${sent}`);
  }
  return problems;
}
