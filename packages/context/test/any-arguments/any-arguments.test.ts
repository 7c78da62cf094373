import { ContextSdkError } from '@context-sdk/oauth-core/errors';
import { expect, test } from 'vitest';
import { OPEN } from './exceptions.ts';
import { HostileError, hostileValues } from './hostile-values.ts';
import { type PublicCall, publicCalls, samplesFor } from './public-calls.ts';
import { membersOf, sampleOf } from './samples.ts';

const FOLDERS = ['oauth-core', 'ticktick-client', 'google-workspace', 'ado-client', 'context'];
const calls = await publicCalls(FOLDERS);

interface Case {
  what: string;
  args: unknown[];
}

function casesOf({ parameters }: PublicCall): Case[] {
  const samples = parameters.map(({ type, name }) => sampleOf(type, name));
  const at = (index: number, value: unknown): unknown[] => samples.with(index, value);
  const cases: Case[] = samplesFor(parameters).map((_, count) => ({
    what: `${count} arguments`,
    args: samples.slice(0, count),
  }));
  parameters.forEach(({ name, type, isOptional }, index) => {
    for (const [kind, value] of Object.entries(hostileValues())) {
      // In place of all options: open in many methods, which destructure their options.
      if (kind === 'null' && isOptional) continue;
      cases.push({ what: `${name}: ${kind}`, args: at(index, value) });
    }
    const sample = samples[index];
    const base = typeof sample === 'object' && sample !== null && !Array.isArray(sample) ? sample : {};
    for (const member of membersOf(type)) {
      for (const [kind, value] of Object.entries(hostileValues())) {
        cases.push({
          what: `${name}.${member.name}: ${kind}`,
          args: at(index, { ...base, [member.name]: value }),
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

function problemIn(error: unknown): string | undefined {
  return isTyped(error)
    ? undefined
    : `raw ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`.slice(0, 150);
}

const LONG_MS = 20_000;

async function problemsOf(call: PublicCall): Promise<string[]> {
  const problems: string[] = [];
  for (const { what, args } of casesOf(call)) {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<string>(
      (resolve) => (timer = setTimeout(() => resolve('never settles'), LONG_MS)),
    );
    const problem = await Promise.race([outcomeOf(call, args).then(problemIn), late]);
    clearTimeout(timer);
    if (problem !== undefined) problems.push(`${call.path} (${what}): ${problem}`);
  }
  return problems;
}

test.each(calls.map((call) => [call.path, call] as const))(
  '16.39: %s takes any arguments',
  async (_, call) => {
    const problems = await problemsOf(call);
    if (!OPEN.has(call.path)) expect(problems).toEqual([]);
  },
);
