import { expect, test } from 'vitest';
import { methodsOf, type Named } from './declarations.ts';
import { type PublicCall, publicCalls } from './public-calls.ts';
import { membersOf, sampleFor } from './samples.ts';

/** Whose options are checked by name. Other objects are bodies, which go through to a service. */
const OPTIONS_TYPE = /(?:Options|Query)\b/;
/** Objects of a library or of a service, ports, and values that are no bag of options. */
const OPEN = /Credentials|AccessTokenSource|McpLibrary|metadata|Address|RichText|Instant/;

/** Methods that look the samples up first, one that this source doesn't have, and one that is given the channel as it was opened. */
const NOT_HERE =
  /\.(?:replan|setCapacity)$|\.(?:focus|savedQueries|filters)\.|^clientCredentials\.getCredential$|^parseCalendarPush$/;

/** A range, which may carry more; parts of an event or a work item, which the client that writes it checks. */
const LATER = new Set(['within', 'history', 'focusTime', 'assignedTo']);

/** Of a gateway's description, which is spread into a client's options, too: `OAuthClient` reads it. */
const ELSEWHERE = /^TickTickClient\.provider$/;

function misspelt(name: string): string {
  return `${name.slice(0, -2)}${name.at(-1)}${name.at(-2)}x`;
}

async function messageOf(call: PublicCall, args: readonly unknown[]): Promise<string> {
  try {
    const result: unknown = await call.call(args);
    if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result)
      await (result as AsyncIterable<unknown>)[Symbol.asyncIterator]().next();
    return 'no error';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Plain data with members of its own: no port, which has methods. */
function isPlain({ type }: Named): boolean {
  if (type === undefined || OPEN.test(type.getText())) return false;
  return membersOf(type).length > 0 && methodsOf(type).length === 0;
}

const CASES = (await publicCalls()).flatMap((call) =>
  call.parameters.flatMap((parameter, index) => {
    const isOptions = OPTIONS_TYPE.test(parameter.type?.getText() ?? '') || /^options\b/.test(parameter.name);
    if (NOT_HERE.test(call.path) || !isOptions) return [];
    const members = membersOf(parameter.type);
    const nested = members
      .filter(
        (member) =>
          isPlain(member) && !LATER.has(member.name) && !ELSEWHERE.test(`${call.path}.${member.name}`),
      )
      .flatMap((member) => membersOf(member.type).map(({ name }) => ({ at: member.name, name })));
    const own = members.slice(0, 1).map(({ name }) => ({ at: '', name }));
    return [...own, ...nested].map(({ at, name }) => ({ call, index, at, name }));
  }),
);

const calls = Map.groupBy(CASES, ({ call }) => call.path);

test.each([...calls])('16.37: %s names a misspelt option, also inside of another', async (_, cases) => {
  for (const { call, index, at, name } of cases) {
    const wrong = misspelt(name);
    const samples = call.parameters.map((parameter) => sampleFor(call.path, parameter));
    const options = {
      ...(samples[index] as object | undefined),
      ...(at === '' ? { [wrong]: 1 } : { [at]: { [wrong]: 1 } }),
    };
    const message = await messageOf(call, samples.with(index, options));
    expect([at, name, message]).toEqual([at, name, expect.stringContaining(wrong)]);
  }
});
