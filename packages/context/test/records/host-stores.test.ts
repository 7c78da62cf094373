import { browserSessions } from '@context-sdk/context';
import { memoryStore, type RecordStore, type Schedule } from '@context-sdk/oauth-core';
import { memorySchedule } from '@context-sdk/oauth-core/store-kit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BASE_URL, startContext } from '../support/start-context.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse('2026-03-02T08:00:00Z'), toFake: ['Date'] });
});

afterEach(() => {
  vi.useRealTimers();
});

/** What a driver gives for no row, which a host without TypeScript's strict checks passes on. */
const NOTHING = null as unknown as undefined;

const LETTER = JSON.stringify({
  event: {
    source: 'gmail',
    type: 'mailbox.changed',
    verified: true,
    data: { emailAddress: 'ada@example.com', historyId: '1' },
  },
  attempts: 9,
  failedAt: 1,
  errorName: 'Error',
});

function givingNull(records: RecordStore): RecordStore {
  return {
    get: async (key) => (await records.get(key)) ?? NOTHING,
    compareAndSet: async (...write) => (await records.compareAndSet(...write)) ?? NOTHING,
    delete: (...one) => records.delete(...one),
    list: (...keys) => records.list(...keys),
    schedule: () => NOTHING,
  };
}

test('a store that gives null for no record and for lost writes serves a context', async () => {
  const records = memoryStore();
  const { connectedUser } = startContext({ store: givingNull(records) });
  const user = await connectedUser();
  const connections = await user.connections.list();
  expect(connections.map(({ state }) => state)).toEqual(['connected', 'connected', 'connected']);
  const task = await user.ticktick.tasks.create({ title: 'Write' });
  await user.blockTime(task, {
    durationMinutes: 30,
    within: { from: '2026-03-03T08:00:00Z', to: '2026-03-04T18:00:00Z' },
  });
  await user.unblockTime(task);
  await user.forget();
  expect(await records.list('')).toEqual([]);
});

test('a store that gives null has no session for an unknown cookie', async () => {
  const sessions = browserSessions({ store: givingNull(memoryStore()), baseUrl: BASE_URL });
  const cookie = (await sessions.begin('ada')).split(';')[0] ?? '';
  expect(await sessions.userOf(cookie)).toBe('ada');
  await sessions.end(cookie);
  expect(await sessions.userOf(cookie)).toBeUndefined();
  expect(await sessions.rotate(cookie)).toBeUndefined();
});

test('a schedule that gives null where nothing is due serves maintenance', async () => {
  const inner = memorySchedule();
  const schedule: Schedule = {
    plan: (...args) => inner.plan(...args),
    cancel: (...args) => inner.cancel(...args),
    claim: async (options) => {
      const claimed = await inner.claim(options);
      return claimed.length > 0 ? claimed : (NOTHING as never);
    },
  };
  const { context, connectedUser } = startContext({ schedule, baseUrl: 'http://localhost:8000' });
  await connectedUser();
  expect((await context.runMaintenance()).failures).toEqual([]);
  expect((await context.runMaintenance()).failures).toEqual([]);
});

test('of a store that gives pages of a thousand, all dead letters are listed', async () => {
  const records = memoryStore();
  const paged: RecordStore = {
    ...records,
    schedule: () => NOTHING,
    list: async (prefix, { limit = 1_000, ...options } = {}) =>
      await records.list(prefix, { ...options, limit: Math.min(limit, 1_000) }),
  };
  const { context } = startContext({ store: paged, baseUrl: 'http://localhost:8000' });
  for (let user = 0; user < 1_001; user += 1)
    await records.compareAndSet(`dead-letter/u${String(user).padStart(4, '0')}/gmail/x`, undefined, LETTER);
  expect(await context.deadLetters.list().toArray()).toHaveLength(1_001);
});
