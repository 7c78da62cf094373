import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';

const EMAILS = ['ada@example.com', 'grace@example.com'] as const;

/** A user of Google, which asks for a long pause once. */
function start() {
  const sandbox = createSandbox({ seed: 'empty' });
  let isBusy = true;
  const { context } = startContext({
    emulated: sandbox,
    rateLimiter: memoryRateLimiter(),
    retry: { attempts: 1 },
    maxWaitMs: 10,
    async fetch(input, init) {
      const request = new Request(input, init);
      if (isBusy && request.url.includes('/calendar/v3/')) {
        isBusy = false;
        const error = { code: 429, errors: [{ reason: 'rateLimitExceeded' }] };
        return Response.json({ error }, { status: 429, headers: { 'retry-after': '30' } });
      }
      return await sandbox.fetch(request);
    },
  });
  const user = context.user('ada');
  return {
    user,
    signIn: async (email: string, more: object = {}) =>
      await user.connections.import('google', googleTokens(sandbox, [], email), more),
    read: async () => await user.calendar.calendars.list().toArray(),
  };
}

test.each([
  ['is known', (email: string) => ({ account: { id: email, email } })],
  ['is not known', () => ({})],
])('16.A: a pause that Google asked of an account whose name %s is not the next one’s', async (_, of) => {
  const { signIn, read } = start();
  await signIn(EMAILS[0], of(EMAILS[0]));
  await expect(read()).rejects.toMatchObject({ code: 'rate_limited' });
  await expect(read()).rejects.toMatchObject({ code: 'rate_limited' });
  await signIn(EMAILS[1], of(EMAILS[1]));
  expect(await read()).toHaveLength(1);
});
