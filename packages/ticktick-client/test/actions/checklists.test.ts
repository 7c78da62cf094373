import { memoryStore, NotFoundError } from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { TickTickClient } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

const ITEM = { title: 'call', startDate: '2026-11-22T10:00:00+01:00' };
const SENT = '2026-11-22T09:00:00.000+0000';

test('18.checklists: dates of items are sent as those of tasks', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const dates = (id: string): unknown[] => (phone.task(id)?.items ?? []).map(({ startDate }) => startDate);
  const task = await client.tasks.create({ title: 'x', items: [ITEM] });
  expect(dates(task.id)).toEqual([SENT]);
  const done = { ...ITEM, startDate: SENT, status: 1, completedTime: '2026-11-22T09:30:00Z' };
  await client.tasks.update(task, { items: [done] });
  expect(phone.task(task.id)?.items).toMatchObject([{ completedTime: '2026-11-22T09:30:00.000+0000' }]);
  await client.tasks.updateMany([{ task, changes: { items: [ITEM, ITEM] } }]);
  expect(dates(task.id)).toEqual([SENT, SENT]);
  const [outcome] = await client.tasks.createMany([{ title: 'y', items: [ITEM] }]);
  expect(dates(outcome?.status === 'ok' ? outcome.id : '')).toEqual([SENT]);
  const odd = { items: [{ title: 'a' }, { title: 'b', startDate: 'tomorrow' }] };
  const refusal = { code: 'invalid_request', field: 'items[1].startDate' };
  expect(await failure(client.tasks.create({ title: 'x', ...odd }))).toMatchObject(refusal);
  expect(await failure(client.tasks.update(task, odd))).toMatchObject(refusal);
});

test('18.checklists: items are added, checked, unchecked, renamed and removed', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const task = sandbox.ticktick.testUser().createTask({ title: 'x', items: [{ title: 'first' }] });
  const added = await client.tasks.items.add(task, ['second ', 'third']);
  expect(added.items?.map(({ title }) => title)).toEqual(['first', 'second ', 'third']);
  const [first, second, third] = added.items?.map(({ id = '' }) => id) ?? [];
  await client.tasks.items.check(task, first ?? '');
  await client.tasks.items.rename(task, second ?? '', 'zweitens');
  const { items } = await client.tasks.items.remove(task.id, third ?? '');
  expect(items).toMatchObject([
    { title: 'first', status: 1 },
    { title: 'zweitens', status: 0 },
  ]);
  expect(items?.[0]).toHaveProperty('completedTime');
  const open = await client.tasks.items.uncheck(task, first ?? '');
  expect(open.items?.[0]).not.toHaveProperty('completedTime');
});

test('18.checklists: no items are no change', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const task = sandbox.ticktick.testUser().createTask({ title: 'x', items: [{ title: 'first' }] });
  expect((await client.tasks.items.add(task, [])).items).toMatchObject([{ title: 'first' }]);
  expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['task.get']);
});

test('18.checklists: an item that isn’t there is not found; its removal succeeds', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const task = sandbox.ticktick.testUser().createTask({ title: 'x' });
  expect(await failure(client.tasks.items.check(task, 'nope'))).toBeInstanceOf(NotFoundError);
  expect(await failure(client.tasks.items.add(task, ' '))).toMatchObject({ field: 'title' });
  expect(await client.tasks.items.remove(task, 'nope')).toMatchObject({ id: task.id });
});

test('18.checklists: what one client changes at once is all there', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const task = sandbox.ticktick.testUser().createTask({ title: 'x' });
  const titles = Array.from({ length: 8 }, (_, index) => `item ${index}`);
  await Promise.all(titles.map((title) => client.tasks.items.add(task, title)));
  const items = sandbox.ticktick.testUser().task(task.id)?.items ?? [];
  expect(items.map(({ title }) => title).toSorted()).toEqual(titles);
});

/** A client whose requests reach the sandbox after so many turns of the event loop. */
function slowClient(sandbox: Sandbox, turns: number[]): TickTickClient {
  const fetch: typeof globalThis.fetch = async (input, init) => {
    for (let left = turns.shift() ?? 0; left > 0; left -= 1) await new Promise((done) => setImmediate(done));
    return await sandbox.fetch(new Request(input, init));
  };
  return new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch, limits: [] });
}

test('18.checklists: two clients that share a store lose nothing, however their requests meet', async () => {
  const delays = fc.array(fc.nat(6), { minLength: 12, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(delays, delays, async (ones, others) => {
      const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
      const task = sandbox.ticktick.testUser().createTask({ title: 'x', items: [{ title: 'old' }] });
      const store = memoryStore();
      const [one, other] = [slowClient(sandbox, ones), slowClient(sandbox, others)];
      await Promise.all([
        one.tasks.items.add(task, ['a', 'b'], { store }),
        other.tasks.items.add(task, ['c'], { store }),
        one.tasks.items.check(task, task.items?.[0]?.id ?? '', { store }),
      ]);
      const items = sandbox.ticktick.testUser().task(task.id)?.items ?? [];
      expect(items.map(({ title }) => title).toSorted()).toEqual(['a', 'b', 'c', 'old']);
      expect(items[0]).toMatchObject({ title: 'old', status: 1 });
    }),
    { numRuns: 25 },
  );
});

test('18.checklists: without a store, a change that another client overwrites before the look is made again', async () => {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const user = sandbox.ticktick.testUser();
  const task = user.createTask({ title: 'x' });
  let overwrites = 2;
  const client = new TickTickClient({
    auth: sandbox.ticktick.issueApiToken(),
    limits: [],
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const isWrite = request.method === 'POST';
      const response = await sandbox.fetch(request);
      if (isWrite && (overwrites -= 1) >= 0)
        user.updateTask(task.id, { items: [{ title: `phone ${overwrites}` }] });
      return response;
    },
  });
  const { items } = await client.tasks.items.add(task, 'mine');
  expect(items?.map(({ title }) => title)).toEqual(['phone 0', 'mine']);
  overwrites = 100;
  expect(await failure(client.tasks.items.add(task, 'again'))).toMatchObject({ code: 'conflict' });
});

test('18.checklists: a process that stood still overwrites nothing of what another has added since', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  onTestFinished(() => void vi.useRealTimers());
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const task = sandbox.ticktick.testUser().createTask({ title: 'x', items: [{ title: 'old' }] });
  const { promise: frozen, resolve: freeze } = Promise.withResolvers<void>();
  const { promise: thawed, resolve: goOn } = Promise.withResolvers<void>();
  const clientOf = (fetch: typeof globalThis.fetch): TickTickClient =>
    new TickTickClient({ auth: sandbox.ticktick.issueApiToken(), fetch, limits: [] });
  const one = clientOf(async (input, init) => {
    const response = await sandbox.fetch(new Request(input, init));
    freeze();
    await thawed;
    return response;
  });
  const other = clientOf((input, init) => sandbox.fetch(new Request(input, init)));
  const store = memoryStore();
  const late = failure(one.tasks.items.add(task, 'late', { store }));
  await frozen;
  const clock = setInterval(() => vi.advanceTimersByTime(5_000), 10);
  await other.tasks.items.add(task, 'new', { store: { ...store } }).finally(() => clearInterval(clock));
  goOn();
  expect(await late).toMatchObject({ code: 'store', reason: 'lease-lost' });
  const { items = [] } = sandbox.ticktick.testUser().task(task.id) ?? {};
  expect(items.map(({ title }) => title)).toEqual(['old', 'new']);
});
