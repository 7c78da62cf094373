import { memoryStore } from '@context-sdk/oauth-core';
import type { Task } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { clientOf } from '../resources/answering.ts';
import { directClient, useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

const TASK = {
  id: 'a',
  projectId: 'p',
  title: 'x',
  tags: ['one', 'two'],
  items: [
    { id: 'i1', title: 'A', status: 0 },
    { id: 'i2', title: 'B', status: 0 },
  ],
  priority: 0,
  dueDate: '2026-11-22T09:00:00.000+0000',
  etag: 'e1',
};

async function eventsBetween(before: object, after: object): Promise<unknown[]> {
  const state = { task: before };
  const client = clientOf(() => Response.json([state.task]));
  const store = memoryStore();
  await client.changes.poll({ store, key: 'k' });
  state.task = after;
  return (await client.changes.poll({ store, key: 'k' })).events;
}

const { etag: _, ...WITHOUT_ETAG } = TASK;
const { priority: __, ...WITHOUT_PRIORITY } = WITHOUT_ETAG;

test.each<[name: string, after: object]>([
  ['another order of tags', { tags: ['two', 'one'] }],
  ['another order of items', { items: TASK.items.toReversed() }],
  ['another order of keys', Object.fromEntries(Object.entries(TASK).toReversed())],
  [
    'another order of an item’s keys',
    { items: TASK.items.map(({ id, title, status }) => ({ status, title, id })) },
  ],
  ['empty for absent', { content: '', desc: null, reminders: [], columnId: '' }],
  ['a date in another form', { dueDate: '2026-11-22T09:00:00+0000' }],
  ['labels for names', { tags: ['One', 'Two'] }],
])('18.9: %s is no event, with and without an etag', async (_name, after) => {
  expect(await eventsBetween(TASK, { ...TASK, ...after })).toEqual([]);
  const { etag: ___, ...rest } = { ...TASK, ...after };
  expect(await eventsBetween(WITHOUT_ETAG, rest)).toEqual([]);
  expect(await eventsBetween(TASK, rest)).toEqual([]);
  expect(await eventsBetween(WITHOUT_PRIORITY, { ...rest, priority: 0 })).toEqual([]);
});

test('18.9: the same etag in the same project is no change; another one is', async () => {
  expect(await eventsBetween(TASK, { ...TASK, title: 'y' })).toEqual([]);
  expect(await eventsBetween(TASK, { ...TASK, title: 'y', etag: 'e2' })).toMatchObject([
    { type: 'task.updated', changed: ['title'], changes: { title: { from: 'x', to: 'y' } } },
  ]);
  const dated = { ...TASK, etag: 'e2', dueDate: '2026-11-23T09:00:00.000+0000' };
  expect(await eventsBetween(TASK, dated)).toMatchObject([
    { changes: { dueDate: { from: TASK.dueDate, to: dated.dueDate } } },
  ]);
  const bare = { ...TASK, etag: 'e2', dueDate: null, content: 'long '.repeat(50) };
  expect(await eventsBetween(TASK, bare)).toMatchObject([
    { changes: { dueDate: { from: TASK.dueDate }, content: { to: bare.content } } },
  ]);
});

test.each(['omitted', 'mixed'] as const)(
  '18.9: nothing happens when an account crosses 200 tasks, both ways, with an archived project (%s)',
  async (absentFields) => {
    const { sandbox } = await server.start({ seed: 'empty', ticktick: { absentFields } });
    const client = directClient(sandbox);
    const phone = sandbox.ticktick.testUser();
    const [open, archived] = ['Open', 'Archived'].map((name) => phone.createProject({ name }).id);
    for (let index = 0; index < 190; index += 1)
      phone.createTask({ title: `t${index}`, projectId: open ?? '', tags: ['B', 'a'] });
    for (let index = 0; index < 5; index += 1)
      phone.createTask({ title: `c${index}`, projectId: archived ?? '' });
    const store = memoryStore();
    const poll = async (): Promise<string[]> => {
      const { events, acknowledge } = await client.changes.poll({ store, key: 'k' });
      await acknowledge();
      return events.map(({ type, data }) => `${type} ${'title' in data ? data.title : ''}`);
    };
    await poll();
    phone.archiveProject(archived ?? '');
    expect(await poll()).toEqual([]);
    const more = Array.from({ length: 20 }, (_unused, index) => phone.createTask({ title: `m${index}` }));
    expect(await poll()).toEqual(more.map(({ title }) => `task.created ${title}`));
    expect(await poll()).toEqual([]);
    for (const { id } of more) phone.completeTask(id);
    expect((await poll()).toSorted()).toEqual(more.map(({ title }) => `task.completed ${title}`).toSorted());
    expect(await poll()).toEqual([]);
    phone.archiveProject(archived ?? '', false);
    expect(await poll()).toEqual([]);
  },
);

test.each([150, 250])(
  '18.9: lists leave tasks of archived projects out, or have them, with %i tasks',
  async (count) => {
    const { sandbox } = await server.start({ seed: 'empty' });
    const client = directClient(sandbox);
    const phone = sandbox.ticktick.testUser();
    const { id } = phone.createProject({ name: 'Archived' });
    for (let index = 0; index < count; index += 1) phone.createTask({ title: `t${index}` });
    phone.createTask({ title: 'archived', projectId: id });
    phone.archiveProject(id);
    const has = (tasks: Task[]): boolean => tasks.some(({ title }) => title === 'archived');
    expect(has(await client.tasks.listOpen().toArray())).toBe(false);
    expect(has(await client.tasks.filter().toArray())).toBe(false);
    const all = await client.tasks.listOpen({ includeClosed: true }).toArray();
    expect([has(all), all.length]).toEqual([true, count + 1]);
    const store = memoryStore();
    const options = { store, key: 'k', initial: 'emit', includeClosed: true } as const;
    expect((await client.changes.poll(options)).events).toHaveLength(count + 1);
  },
);

test('18.9: rows of the inbox that don’t name it are in the same project as those that do', async () => {
  const named = { id: 'a', projectId: 'inbox7', title: 'x', status: 0 };
  const many = [...Array(199).keys()].map((number) => ({ ...named, id: `t${number}`, projectId: 'p' }));
  let isCut = false;
  const client = clientOf(({ url }) => {
    if (url.endsWith('/project')) return Response.json([{ id: 'p' }]);
    if (url.endsWith('/project/p/data')) return Response.json({ tasks: many });
    if (url.endsWith('/project/inbox/data'))
      return Response.json({ tasks: [{ ...named, projectId: undefined }] });
    return Response.json(isCut ? [named, ...many] : [named]);
  });
  const store = memoryStore();
  const poll = async () => {
    const batch = await client.changes.poll({ store, key: 'k' });
    await batch.acknowledge();
    return batch.events.filter(({ data }) => data.id === 'a');
  };
  await poll();
  isCut = true;
  expect(await poll()).toEqual([]);
});

/** The events of a feed with one acknowledged poll for each state of the account. */
async function feedOf(states: readonly { tasks: object[]; projects: unknown[] }[]) {
  let state = states[0];
  const client = clientOf(({ url }) => {
    const { pathname } = new URL(url);
    if (pathname.endsWith('/project')) return Response.json(state?.projects);
    if (pathname.includes('/project/')) return new Response(null, { status: 404 });
    return Response.json(pathname.endsWith('/completed') ? [] : state?.tasks);
  });
  const store = memoryStore();
  const events = [];
  for (state of states) {
    const batch = await client.changes.poll({ store, key: 'k', projects: true });
    events.push(...batch.events);
    await batch.acknowledge();
  }
  return events.map(({ type, id }) => ({ type, id }));
}

test('18.feed: what happens again is another event, though it leaves the same behind', async () => {
  const project = { id: 'p', name: 'A' };
  const there = { tasks: [TASK], projects: [project] };
  const gone = { tasks: [], projects: [] };
  const renamed = { tasks: [TASK], projects: [{ ...project, name: 'B' }] };
  const events = await feedOf([there, gone, there, gone, there, renamed, there, renamed]);
  const left = ['project.deleted', 'task.deleted'];
  const returned = ['project.created', 'task.created'];
  const updates = Array.from({ length: 3 }, () => 'project.updated');
  expect(events.map(({ type }) => type)).toEqual([...left, ...returned, ...left, ...returned, ...updates]);
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
});

test.each([
  [[null, null]],
  [[{ projectId: 'p', title: 'x' }]],
  [[{ id: 'b', projectId: 'p' }, { title: 'x' }]],
])('18.5: a list with rows that can’t be read, %j, says of no task that it is deleted', async (odd) => {
  const tasks = [TASK, { ...TASK, id: 'b' }];
  let rows: unknown = tasks;
  const client = clientOf(({ url }) => {
    if (url.endsWith('/data')) return Response.json({ tasks: rows });
    if (url.endsWith('/filter')) return Response.json(rows);
    return Response.json(tasks.find(({ id }) => url.endsWith(`/${id}`)) ?? []);
  });
  const store = memoryStore();
  const types: string[] = [];
  for (rows of [tasks, odd, tasks]) {
    const { events, acknowledge } = await client.changes.poll({ store, key: 'k', initial: 'emit' });
    types.push(...events.map(({ type, data }) => `${type} ${data.id}`));
    await acknowledge();
  }
  expect(types.filter((type) => /deleted|created/.test(type))).toEqual(['task.created a', 'task.created b']);
});

test.each([
  [[null]],
  [[{ name: 'B' }]],
  [
    [
      { id: 'p', name: 'A' },
      { id: '', name: 'B' },
    ],
  ],
])(
  '18.5: a list of projects with rows that can’t be read, %j, says of no project that it is deleted',
  async (odd) => {
    const projects = ['p', 'q'].map((id) => ({ id, name: id === 'p' ? 'A' : 'B' }));
    const states = [projects, odd, odd, projects].map((each) => ({ tasks: [TASK], projects: each }));
    expect(await feedOf(states)).toEqual([]);
    const deleted = await feedOf(
      [projects, odd, projects.slice(1)].map((each) => ({ tasks: [], projects: each })),
    );
    expect(deleted.map(({ type }) => type)).toEqual(['project.deleted']);
  },
);
