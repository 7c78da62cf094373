import type { Context } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { copyWithoutTtls } from '../support/copy-of-store.ts';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { hang } from '../support/hang.ts';
import { googleTokens, startContext } from '../support/start-context.ts';

const MINUTE_MS = 60_000;
const USERS = Array.from({ length: 20 }, (_, index) => `user-${index}`);

beforeEach(stopClocks);
afterEach(() => void vi.useRealTimers());

/** Users of Calendar and Gmail, and new processes of their host, of which Calendar fails as `whileDown` does. */
async function start(whileDown: typeof fetch) {
  const inner = memoryStore();
  const sandbox = createSandbox({ seed: 'empty' });
  const calendar = { isDown: false, requests: 0 };
  const newProcess = (store = inner): Context =>
    startContext({
      emulated: sandbox,
      store: { ...store },
      push: false,
      fetch: async (input, init) => {
        const isCalendar = String(input instanceof Request ? input.url : input).includes('/calendar/v3/');
        if (!isCalendar) return await sandbox.fetch(input, init);
        calendar.requests += 1;
        return await (calendar.isDown ? whileDown : sandbox.fetch)(input, init);
      },
    }).context;
  const first = newProcess();
  for (const id of USERS)
    await fastForward(
      first.user(id).connections.import('google', googleTokens(sandbox), { account: { id } }),
    );
  await fastForward(first.runMaintenance());
  const polled = async (service: string, store = inner): Promise<number[]> => {
    const records = USERS.map(async (id) => (await store.get(`feed/${id}/${service}`))?.value ?? '{}');
    return (await Promise.all(records)).map((text) => {
      const { data } = JSON.parse(text) as { data?: { polledAt?: number } };
      return data?.polledAt ?? 0;
    });
  };
  calendar.isDown = true;
  return { inner, newProcess, polled, calendar };
}

test('24.cron: a service that hangs is asked once in a pass, each of a new process, and the other is polled in each', async () => {
  const { newProcess, polled, calendar } = await start(hang);
  vi.advanceTimersByTime(MINUTE_MS);
  await fastForward(newProcess().runMaintenance());
  for (let pass = 0; pass < 3; pass += 1) {
    vi.advanceTimersByTime(2 * MINUTE_MS);
    calendar.requests = 0;
    const beganAt = Date.now();
    await fastForward(newProcess().runMaintenance());
    expect(calendar.requests).toBe(1);
    expect(Math.min(...(await polled('gmail')))).toBeGreaterThanOrEqual(beganAt);
  }
  calendar.isDown = false;
  const answersAt = Date.now();
  for (let pass = 0; pass < 3; pass += 1) {
    vi.advanceTimersByTime(MINUTE_MS);
    await fastForward(newProcess().runMaintenance());
  }
  expect(Math.min(...(await polled('google-calendar')))).toBeGreaterThan(answersAt);
});

test('24.cron: a service that is down is not asked by each step of a new process', async () => {
  const { newProcess, polled, calendar } = await start(async () => new Response('', { status: 503 }));
  const step = async (): Promise<void> => {
    calendar.requests = 0;
    vi.advanceTimersByTime(MINUTE_MS);
    for (const id of USERS) await fastForward(newProcess().maintain(`connection/${id}/google/default`));
  };
  await step();
  // A poll asks twice. Eight failures tell that it is down; after that, one process tries.
  expect(calendar.requests).toBeLessThanOrEqual(2 * 9);
  await step();
  expect(calendar.requests).toBeLessThanOrEqual(2);
  calendar.isDown = false;
  const answersAt = Date.now();
  await step();
  await step();
  for (const service of ['google-calendar', 'gmail'])
    expect(Math.min(...(await polled(service)))).toBeGreaterThan(answersAt);
});

test('24.cron: a store that was copied without TTLs while a service was down keeps nobody from being polled', async () => {
  const { inner, newProcess, polled, calendar } = await start(hang);
  for (let pass = 0; pass < 2; pass += 1) {
    vi.advanceTimersByTime(MINUTE_MS);
    await fastForward(newProcess().runMaintenance());
  }
  expect(await inner.list('paused-outage/')).not.toEqual([]);
  const copy = await copyWithoutTtls(inner);
  calendar.isDown = false;
  const answersAt = Date.now();
  for (let pass = 0; pass < 5; pass += 1) {
    vi.advanceTimersByTime(2 * MINUTE_MS);
    await fastForward(newProcess(copy).runMaintenance());
  }
  expect(Math.min(...(await polled('google-calendar', copy)))).toBeGreaterThan(answersAt);
});
