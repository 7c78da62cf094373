import type { ContextOptions } from '@context-sdk/context';
import { encryptedStore } from '@context-sdk/context/encrypted';
import { memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const [OLD, NEW] = [1, 2].map((byte) => new Uint8Array(32).fill(byte)) as [Uint8Array, Uint8Array];

/** A process with the new key has written all, and one of before has the old key only. */
async function startBoth(onEvent: ContextOptions['onEvent'] = () => undefined) {
  const raw = memoryStore();
  const newer = startContext({
    onEvent,
    store: encryptedStore(raw, { current: 'new', keys: { old: OLD, new: NEW } }),
  });
  await newer.connectedUser();
  await newer.context.runMaintenance();
  newer.sandbox.ticktick.testUser().createTask({ title: 'x' });
  vi.setSystemTime(Date.now() + 3_600_000);
  await newer.context.runMaintenance();
  const older = startContext({
    emulated: newer.sandbox,
    store: encryptedStore({ ...raw }, { current: 'old', keys: { old: OLD } }),
  });
  return { raw, newer: newer.context, older: older.context };
}

async function contentOf(store: RecordStore): Promise<Map<string, string | undefined>> {
  const keys = await store.list('');
  return new Map(await Promise.all(keys.map(async (key) => [key, (await store.get(key))?.value] as const)));
}

const JOBS = ['ticktick', 'google', 'azure-devops'].map((provider) => `connection/ada/${provider}/default`);

test.each(JOBS)('24.cron: %s is not due at once for a process that can’t decrypt it', async (job) => {
  const { older } = await startBoth();
  vi.setSystemTime(Date.now() + 3_600_000);
  const step = await older.maintain(job);
  expect(step.report.failures).not.toEqual([]);
  expect(step.dueAt).toBe(Date.now() + 60_000);
});

test.each(JOBS)('24.cron: %s is not due at once where the store fails', async (job) => {
  const store = memoryStore();
  let isAway = false;
  const { context, connectedUser } = startContext({
    store: {
      ...store,
      get: async (key) => {
        if (isAway && key.startsWith('feed/')) throw new StoreError('unavailable', 'The store is away.');
        return await store.get(key);
      },
    },
  });
  await connectedUser();
  isAway = true;
  const step = await context.maintain(job);
  expect(step.report.failures).not.toEqual([]);
  expect(step.dueAt).toBe(Date.now() + 3_000);
});

test('24.cron: an event that waits stays planned where it can’t be decrypted', async () => {
  const { raw, newer, older } = await startBoth(() => {
    throw new Error('down');
  });
  const [event = ''] = await raw.list('pending-event/');
  expect((await older.maintain(event)).dueAt).toBe(Date.now() + 3_600_000);
  vi.setSystemTime(Date.now() + 3_600_000);
  expect((await newer.maintain(event)).dueAt).toBeGreaterThan(Date.now());
});

test('16.15: a process without the newest key takes nothing away from those that have it', async () => {
  const { raw, newer, older } = await startBoth();
  vi.setSystemTime(Date.now() + 3_600_000);
  const before = await contentOf(raw);
  await older.runMaintenance();
  await older.doctor({ mend: true });
  await older.subscriptions.ensure('ada');
  await older.user('ada').connections.list();
  expect(await contentOf(raw)).toEqual(before);
  vi.setSystemTime(Date.now() + 60_000);
  const { failures, polled } = await newer.runMaintenance();
  expect(failures).toEqual([]);
  expect(polled).toBeGreaterThan(0);
});
