import { expect, test } from 'vitest';
import { problemsOf } from './problems.ts';
import { publicCalls } from './public-calls.ts';

const calls = await publicCalls();

/** Every sixth value in each member of an argument; the soak has all of them. */
const SHARE = 6;

test.each(calls.map((call) => [call.path, call] as const))(
  '16.39: %s takes any arguments',
  async (_, call) => {
    const problems = await problemsOf(call, SHARE);
    expect(problems).toEqual([]);
  },
);
