import { browserSessions } from '@context-sdk/context';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
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
