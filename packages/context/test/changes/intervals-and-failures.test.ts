import { memoryStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { googleTokens, startContext } from '../support/start-context.ts';

const MINUTE_MS = 60_000;
const HOUR_SECONDS = 3_600;

beforeEach(stopClocks);
afterEach(() => void vi.useRealTimers());

/** A user whose Calendar is polled, and what it is answered from then on. */
async function start() {
  const sandbox = createSandbox({ seed: 'empty' });
  const calendar: { requests: number; response?: () => Response } = { requests: 0 };
  const { context } = startContext({
    emulated: sandbox,
    store: memoryStore(),
    push: false,
    fetch: async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      if (!url.includes('/calendar/v3/')) return await sandbox.fetch(input, init);
      calendar.requests += 1;
      return calendar.response?.() ?? (await sandbox.fetch(input, init));
    },
  });
  const { connections } = context.user('ada');
  await fastForward(connections.import('google', googleTokens(sandbox), { account: { id: 'ada' } }));
  return { context, calendar };
}

const DAILY_LIMIT = {
  error: {
    code: 403,
    message: 'Daily Limit Exceeded',
    errors: [{ domain: 'usageLimits', reason: 'dailyLimitExceeded', message: 'Daily Limit Exceeded' }],
  },
};

const RESPONSES: Record<string, () => Response> = {
  'a quota of the day that is used up': () => Response.json(DAILY_LIMIT, { status: 403 }),
  '429 for two hours': () =>
    new Response('', { status: 429, headers: { 'retry-after': String(2 * HOUR_SECONDS) } }),
  '503 until a date': () => {
    const at = new Date(Date.now() + 2 * HOUR_SECONDS * 1000).toUTCString();
    return new Response('', { status: 503, headers: { 'retry-after': at } });
  },
};

test.each(
  Object.keys(RESPONSES).flatMap((said) =>
    [{}, { pollEveryMs: MINUTE_MS }, { pollEveryMs: MINUTE_MS / 2 }].map((options) => ({ said, options })),
  ),
)(
  '20.1: a poll that is answered $said is the last one for an hour, with $options',
  async ({ said, options }) => {
    const { context, calendar } = await start();
    await fastForward(context.runMaintenance());
    const response = RESPONSES[said];
    if (response !== undefined) calendar.response = response;
    vi.advanceTimersByTime(MINUTE_MS);
    await fastForward(context.runMaintenance());
    calendar.requests = 0;
    for (let minute = 0; minute < 50; minute += 1) {
      vi.advanceTimersByTime(MINUTE_MS);
      await fastForward(context.runMaintenance(options));
    }
    expect(calendar.requests).toBe(0);
  },
);

test('24.3: a quiet account is polled seldom, also where the interval is given', async () => {
  const { context, calendar } = await start();
  const options = { pollEveryMs: MINUTE_MS, maxPollEveryMs: 60 * MINUTE_MS };
  const pollsIn = async (minutes: number): Promise<number> => {
    calendar.requests = 0;
    for (let minute = 0; minute < minutes; minute += 1) {
      vi.advanceTimersByTime(MINUTE_MS);
      await fastForward(context.runMaintenance(options));
    }
    return calendar.requests;
  };
  const busy = await pollsIn(20);
  await pollsIn(300);
  expect(await pollsIn(20)).toBeLessThan(busy / 4);
  const shorter = { pollEveryMs: MINUTE_MS / 2 };
  calendar.requests = 0;
  await fastForward(context.runMaintenance(shorter));
  expect(calendar.requests).toBeGreaterThan(0);
});
