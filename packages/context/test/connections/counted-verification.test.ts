import { memoryRateLimiter, RateLimitError } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';
import { googleTokens, providersOf, startContext } from '../support/start-context.ts';
import { startHost } from '../support/start-host.ts';

const LIMITS = [{ limit: 10, intervalMs: 60_000 }];

/** An account that no other test of this process has asked for. */
const UNASKED = { id: 4711, username: 'unasked@example.com', displayName: 'Unasked', timeZone: 'UTC' };

/** TickTick allows an account ten requests in a minute, and the host knows. */
function limited() {
  const emulated = createSandbox({ seed: 'empty', ticktick: { rateLimits: LIMITS, accounts: [UNASKED] } });
  const providers = providersOf(emulated);
  return {
    emulated,
    providers: { ...providers, ticktick: { ...providers?.ticktick, limits: LIMITS } },
    maxWaitMs: 0,
  };
}

type Client = ReturnType<ReturnType<typeof startContext>['context']['user']>['ticktick'];

/** How many calls are sent at once, and whether TickTick refused one of them. */
async function callsOf({ projects }: Client): Promise<{ sent: number; refusals: number }> {
  const outcomes = { sent: 0, refusals: 0 };
  for (let call = 0; call < 12; call += 1) {
    const error = await failure(projects.list());
    if (error === undefined) outcomes.sent += 1;
    else if (!(error instanceof RateLimitError) || error.status !== undefined) outcomes.refusals += 1;
  }
  return outcomes;
}

test('the requests that verify a token count for its account', async () => {
  const { context, sandbox } = startContext(limited());
  const { connections, ticktick } = context.user('ada');
  await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  expect(await callsOf(ticktick)).toEqual({ sent: 8, refusals: 0 });
});

test('so do those that tell whose account has signed in', async () => {
  const { context, browser } = startHost(limited());
  await browser('ada').visit('/auth/ticktick/authorize');
  expect(await callsOf(context.user('ada').ticktick)).toEqual({ sent: 8, refusals: 0 });
});

test('and clients without a limiter of their own share that of the process', async () => {
  const { context, sandbox } = startContext({ ...limited(), rateLimiter: undefined });
  const { connections, ticktick } = context.user('ada');
  await connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  expect(await callsOf(ticktick)).toEqual({ sent: 8, refusals: 0 });
});

test('an account whose limits are used up can be connected all the same', async () => {
  const rateLimiter = memoryRateLimiter();
  const { context, sandbox } = startContext({ rateLimiter, providers: limited().providers, maxWaitMs: 0 });
  for (const userId of ['ada', 'bob', 'eve', 'joe', 'kim', 'lea'])
    await context.user(userId).connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  expect((await context.user('lea').connections.get('ticktick')).state).toBe('connected');
  await context.user('lea').connections.import('google', googleTokens(sandbox));
});
