import { memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { copyWithoutTtls } from '../support/copy-of-store.ts';
import { startContext } from '../support/start-context.ts';
import { startDeliveries } from '../support/start-deliveries.ts';

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

async function deliverWhileCopied() {
  let copy: RecordStore | undefined;
  const started = startDeliveries({
    onEvent: async ({ source }) => {
      if (source === 'azure-devops') copy ??= await copyWithoutTtls(started.store);
    },
  });
  const { context, sandbox, everything, delivered, providers } = started;
  await everything();
  await context.subscriptions.ensure('ada');
  await sandbox.azureDevOps.hooks.settled();
  delivered.length = 0;
  sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
  await sandbox.azureDevOps.hooks.settled();
  const [first] = delivered;
  if (copy === undefined || first === undefined) throw new Error('Nothing was delivered.');
  return { copy, sandbox, providers, first };
}

test('an event whose handling a copy of the store without TTLs shows as going on is told on the next delivery but one', async () => {
  const { copy, sandbox, providers, first } = await deliverWhileCopied();
  const told: unknown[] = [];
  const { context } = startContext({
    store: copy,
    emulated: sandbox,
    providers,
    onEvent: ({ type }) => void told.push(type),
  });
  const handler = context.createHandler({ getUserId: () => undefined });
  const statuses: number[] = [];
  for (let delivery = 0; delivery < 4; delivery += 1) {
    vi.setSystemTime(Date.now() + HOUR);
    statuses.push((await handler(first.request.clone())).status);
  }
  expect(statuses).toEqual([503, 204, 204, 204]);
  expect(told).toEqual(['workitem.created']);
});

test('an event that another machine takes for one that was left is not told twice', async () => {
  const store = memoryStore();
  const statuses: number[] = [];
  let told = 0;
  let send: (() => Promise<number>) | undefined;
  const started = startDeliveries({
    // Its clock stands still, unlike that of the machine.
    store: { ...store, compareAndSet: (key, expected, value) => store.compareAndSet(key, expected, value) },
    onEvent: async () => {
      if (send === undefined) return;
      told += 1;
      vi.setSystemTime(Date.now() + HOUR);
      statuses.push(await send());
    },
  });
  const { context, sandbox, everything, delivered, handler } = started;
  await everything();
  await context.subscriptions.ensure('ada');
  await sandbox.azureDevOps.hooks.settled();
  delivered.length = 0;
  sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
  await sandbox.azureDevOps.hooks.settled();
  const request = delivered[0]?.request ?? new Request('https://host.example');
  send = async () => (await handler(request.clone())).status;
  for (const key of await store.list('delivery/')) await store.delete(key);
  statuses.push(await send(), await send());
  expect({ statuses, told }).toEqual({ statuses: [503, 204, 204], told: 1 });
});
