import { memoryStore, StoreError } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { copyWithoutTtls } from '../support/copy-of-store.ts';
import { startContext } from '../support/start-context.ts';

const HOUR = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

test.each(['before', 'after'])(
  '24.cron: an event whose record the store fails to give %s it is told is due again in seconds',
  async (when) => {
    const store = memoryStore();
    let isAway = false;
    let isRedelivered = false;
    const { context, sandbox, connectedUser } = startContext({
      store: {
        ...store,
        get: async (key) => {
          if (isAway && key.startsWith('pending-event/'))
            throw new StoreError('unavailable', 'The store is away.');
          return await store.get(key);
        },
      },
      onEvent: () => {
        isAway = isRedelivered;
        throw new Error('down');
      },
    });
    await connectedUser();
    await context.runMaintenance();
    sandbox.ticktick.testUser().createTask({ title: 'x' });
    vi.setSystemTime(Date.now() + HOUR);
    await context.runMaintenance();
    const [event = ''] = await store.list('pending-event/');
    vi.setSystemTime(Date.now() + HOUR);
    isRedelivered = true;
    isAway = when === 'before';
    expect((await context.maintain(event)).dueAt).toBe(Date.now() + 3_000);
  },
);

test('an event that waits for another try is told also in a store that was copied without TTLs', async () => {
  const store = memoryStore();
  const told: unknown[] = [];
  let isDown = true;
  const onEvent = (event: unknown): void => {
    if (isDown) throw new Error('down');
    told.push(event);
  };
  const { context, sandbox, connectedUser } = startContext({ store, onEvent });
  await connectedUser();
  await context.runMaintenance();
  sandbox.ticktick.testUser().createTask({ title: 'x' });
  for (let pass = 0; pass < 3; pass += 1) {
    vi.setSystemTime(Date.now() + HOUR);
    await context.runMaintenance();
  }
  expect(await store.list('pause/')).not.toEqual([]);
  const copy = await copyWithoutTtls(store);
  const other = startContext({ store: copy, onEvent, emulated: sandbox }).context;
  isDown = false;
  for (let pass = 0; pass < 3; pass += 1) {
    vi.setSystemTime(Date.now() + HOUR);
    await other.runMaintenance();
  }
  expect(told).toHaveLength(1);
});
