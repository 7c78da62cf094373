import { memoryStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { UNLIMITED } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';

const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const CALENDARS = 30;
const MINUTE = 60_000;

const CLOCK = ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;
beforeEach(() => void vi.useFakeTimers({ toFake: [...CLOCK] }));
afterEach(() => void vi.useRealTimers());

/** A user whose calendars take 150 seconds to be read, and passes that are a new process each. */
async function startSlow() {
  const sandbox = createSandbox({ seed: 'empty' });
  const { calendar } = sandbox.google.testUser();
  const ids = Array.from(
    { length: CALENDARS },
    (_, at) => calendar.addCalendar({ id: `c${at}@example.com`, summary: `${at}` }).id,
  );
  const store = memoryStore();
  const events: string[] = [];
  const options = {
    emulated: sandbox,
    baseUrl: 'http://localhost:8000',
    rateLimiter: UNLIMITED,
    fetch: async (input: Request | URL | string, init?: RequestInit) => {
      const request = new Request(input, init);
      if (request.url.includes('/events')) await new Promise((done) => setTimeout(done, 5_000));
      request.signal.throwIfAborted();
      return await sandbox.fetch(request);
    },
    onEvent: ({ type, data }: { type: string; data: unknown }) => {
      if (type === 'changed') events.push((data as { calendarId: string }).calendarId);
    },
  };
  await startContext({ ...options, store })
    .context.user('ada')
    .connections.import('google', googleTokens(sandbox));
  const pass = async () => {
    await vi.advanceTimersByTimeAsync(2 * MINUTE);
    const state = { isOver: false };
    const { context } = startContext({ ...options, store: { ...store } });
    const running = context.runMaintenance().finally(() => (state.isOver = true));
    while (!state.isOver) {
      await new Promise((done) => setImmediate(done));
      await vi.advanceTimersByTimeAsync(500);
    }
    return (await running).failures.map(({ service, error }) => `${service} ${error.code}`);
  };
  return { calendar, ids, events, pass };
}

test('19.4: calendars that take longer than a poll may are read over several', async () => {
  const { calendar, ids, events, pass } = await startSlow();
  // A poll reads five or six of them.
  for (let passes = 0; passes < 8; passes += 1) expect(await pass()).toEqual([]);
  for (const id of ids) calendar.addEvent(SOON, id);
  for (let passes = 0; passes < 8; passes += 1) expect(await pass()).toEqual([]);
  expect(events.toSorted()).toEqual(ids.toSorted());
});
