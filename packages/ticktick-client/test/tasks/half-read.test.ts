import { type SkippedEvent, UnexpectedResponseError } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

type Fields = Record<string, unknown>;

const TASK = { id: 't1', projectId: 'p1', title: 'Trip', status: 0, etag: 'e1' };
const ITEMS = [
  { id: 'i1', title: 'Passport', status: 0 },
  null,
  'Tickets',
  { id: 'i2', title: 'Bags', status: 0, startDate: 1_796_000_000, sortOrder: '7', mark: { of: 'later' } },
];

/** A client of a TickTick that has one task, keeps what is written, and tells what was left out. */
function start(fields: Fields) {
  const state: { task: Fields; written: Fields[]; told: SkippedEvent[] } = {
    task: { ...TASK, ...fields },
    written: [],
    told: [],
  };
  const client = new TickTickClient({
    auth: 'token',
    limits: [],
    hooks: { onSkipped: (event) => void state.told.push(event) },
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const { pathname } = new URL(request.url);
      if (request.method === 'GET' && pathname.endsWith('/task/t1')) return Response.json(state.task);
      if (pathname.endsWith('/task/filter')) return Response.json([{ ...TASK, id: 't0' }, state.task]);
      const json = (await request.json()) as Fields;
      state.written.push(json);
      state.task = { ...state.task, ...json };
      return Response.json(state.task);
    },
  });
  return { client, state };
}

test('20: a change of a checklist sends back what can’t be read of it as it came', async () => {
  const { client, state } = start({ items: ITEMS });
  const { items } = client.tasks;
  const added = await items.add(TASK, 'Keys');
  expect(added.items?.map(({ title }) => title)).toEqual(['Passport', 'Bags', 'Keys']);
  await items.check(TASK, 'i2');
  await items.remove(TASK, 'i1');
  const bags = ITEMS[3];
  const keys = { title: 'Keys', status: 0 };
  expect(state.written.map((task) => task['items'])).toEqual([
    [...ITEMS, keys],
    [...ITEMS.slice(0, 3), { ...(bags as object), status: 1 }, keys],
    [null, 'Tickets', { ...(bags as object), status: 1 }, keys],
  ]);
});

test('20: a checklist that is no list is not replaced by another', async () => {
  for (const items of [{ 0: ITEMS[0] }, 'Passport', 7]) {
    const { client, state } = start({ items });
    const error = await failure(client.tasks.items.add(TASK, 'Keys'));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ field: 'items' });
    expect(state.written).toEqual([]);
  }
});

test('20: a task that is sent back whole loses none of its items', async () => {
  const { client, state } = start({ items: ITEMS, tags: ['a', 7, 'b'] });
  const task = await client.tasks.get(TASK);
  expect(task.tags).toEqual(['a', 'b']);
  await client.tasks.update(task, { ...(task as object), content: 'new' });
  expect(state.task).toMatchObject({ content: 'new', items: ITEMS, tags: ['a', 7, 'b'] });
});

test('20: a list of which something could not be read is not replaced by a copy of the rest', async () => {
  const { client, state } = start({ items: ITEMS, tags: ['a', 7] });
  const task = await client.tasks.get(TASK);
  const changes = [
    { items: [...(task.items ?? []), { title: 'Keys' }] },
    { tags: [...(task.tags ?? []), 'b'] },
  ];
  for (const change of changes) {
    const [field] = Object.keys(change);
    expect(await failure(client.tasks.update(task, change))).toMatchObject({
      code: 'invalid_request',
      field,
    });
    const [outcome] = await client.tasks.updateMany([{ task, changes: change }]);
    expect(outcome).toMatchObject({ status: 'failed', error: { field: `tasks[0].changes.${field}` } });
  }
  expect(state.written).toEqual([]);
  await client.tasks.update({ id: 't1', projectId: 'p1' }, { tags: [] });
  expect(state.written).toMatchObject([{ tags: [] }]);
});

test('20: a task is not moved to its next date by half of its dates', async () => {
  const { client, state } = start({
    repeatFlag: 'RRULE:FREQ=DAILY',
    startDate: '2026-12-01T09:00:00.000+0000',
    dueDate: 1_796_000_000,
  });
  expect(await failure(client.tasks.skip(TASK))).toMatchObject({ field: 'dueDate' });
  expect(state.written).toEqual([]);
});

test('20: what a task lost in reading is told by its place', async () => {
  const { client, state } = start({ items: ITEMS, tags: ['a', 7], dueDate: 7, priority: 'high', desc: null });
  const places = ['dueDate', 'priority', 'tags[1]', 'items[1]', 'items[2]', 'items[3].startDate'];
  const all = [...places, 'items[3].sortOrder'].toSorted();
  await client.tasks.get(TASK);
  expect(state.told.map(({ field }) => field).toSorted()).toEqual(all);
  expect(new Set(state.told.map(({ operation }) => operation))).toEqual(new Set(['tasks.get']));
  state.told = [];
  const listed = client.tasks.listOpen();
  expect(await listed.toArray()).toMatchObject([{ id: 't0' }, { id: 't1', tags: ['a'] }]);
  expect(state.told.map(({ field }) => field).toSorted()).toEqual(all.map((place) => `[1].${place}`));
  expect(listed.skipped).toEqual([]);
});

test('20: a project that no path can name, of one response, keeps no task from being found later', async () => {
  const { client, state } = start({});
  const fetched = await client.tasks.get(TASK);
  for (const projectId of ['31/12/2026', '..', 'p 1', 'x'.repeat(128).replace('x', '%')]) {
    state.task = { ...state.task, projectId };
    await client.tasks.get(TASK);
    state.task = { ...state.task, projectId: 'p1' };
    expect(await client.tasks.get('t1')).toEqual(fetched);
  }
});

test.each(['listOpen', 'filter', 'listDue', 'listCompleted'] as const)(
  '20: %s goes on behind the cap if a row of the list that is cut off can’t be read',
  async (name) => {
    const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
    const account = sandbox.ticktick.testUser();
    const day = new Date(Date.now() - 86_400_000).toISOString().replace('Z', '+0000');
    const ids = Array.from({ length: 250 }, (_, index) => {
      const task = account.createTask({ title: `task ${index}`, dueDate: day, timeZone: 'UTC' });
      if (name === 'listCompleted') account.completeTask(task.id, new Date(Date.now() - index * 60_000));
      return task.id;
    });
    const client = new TickTickClient({
      auth: sandbox.ticktick.issueApiToken(),
      limits: [],
      fetch: async (input, init) => {
        const response = await sandbox.fetch(input, init);
        const rows: unknown = await response
          .clone()
          .json()
          .catch(() => undefined);
        const isCut = Array.isArray(rows) && rows.length === 200;
        return isCut
          ? Response.json([...(rows as unknown[]).slice(0, 100), null, ...rows.slice(101)])
          : response;
      },
    });
    const span = { from: new Date(Date.now() - 3 * 86_400_000), to: new Date(Date.now() + 86_400_000) };
    const listing =
      name === 'listOpen' || name === 'filter' ? client.tasks[name]() : client.tasks[name](span);
    const found = new Set((await listing.toArray()).map(({ id }) => id));
    expect(ids.filter((id) => !found.has(id)).length).toBeLessThanOrEqual(name === 'listCompleted' ? 1 : 0);
    expect(listing.skipped.length).toBeGreaterThan(0);
  },
);
