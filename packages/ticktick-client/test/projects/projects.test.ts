import {
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import type { ProjectInput, ProjectPage } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { answering, BAD_IDS, UNKNOWN_ID } from '../resources/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

test('a project can be created, read, changed and deleted with its tasks', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const created = await client.projects.create({
    name: 'Книги 📚',
    color: '#F18181',
    viewMode: 'kanban',
    kind: 'TASK',
    sortOrder: -1099511627776,
  });
  expect(created).toMatchObject({ name: 'Книги 📚', viewMode: 'kanban', sortOrder: -1099511627776 });
  expect(await client.projects.get(created.id)).toEqual(created);
  const changed = await client.projects.update(created.id, { name: 'Books', color: undefined });
  expect(changed).toEqual({ ...created, name: 'Books' });
  const task = await client.tasks.create({ title: 'x', projectId: created.id });
  await client.projects.delete(created.id);
  await client.projects.delete(created.id);
  expect(await client.projects.list()).toEqual([]);
  expect(sandbox.ticktick.testUser().tasks()).not.toContainEqual(expect.objectContaining({ id: task.id }));
});

test('a task of a deleted project is not looked for there any more', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const [gone, kept] = [
    await client.projects.create({ name: 'x' }),
    await client.projects.create({ name: 'y' }),
  ];
  const task = await client.tasks.create({ title: 'x', projectId: gone.id });
  const other = await client.tasks.create({ title: 'y', projectId: kept.id });
  await client.projects.delete(gone.id);
  sandbox.clearRequests();
  expect(await client.tasks.find(task.id)).toBeUndefined();
  const paths = sandbox.requests.map(({ path }) => path);
  expect(paths).toContain('/open/v1/task/filter');
  expect(paths.filter((path) => path.includes(gone.id))).toEqual([]);
  sandbox.clearRequests();
  expect(await client.tasks.get(other.id)).toMatchObject({ id: other.id });
  expect(sandbox.requests).toHaveLength(1);
});

test('list gives every project in one request, or a page of them', async () => {
  const { sandbox, client } = await server.start({ seed: 'demo' });
  const all = await client.projects.list();
  expect(all).toEqual(sandbox.ticktick.testUser().projects());
  const pages = [
    await client.projects.list({ limit: 10 }),
    await client.projects.list({ offset: 10 }),
    await client.projects.list({ offset: all.length, limit: 10 }),
  ];
  expect(pages.map(({ length }) => length)).toEqual([10, all.length - 10, 0]);
  expect(pages.flat()).toEqual(all);
  expect(sandbox.requests.map(({ query }) => query)).toEqual([
    {},
    { limit: '10' },
    { offset: '10' },
    { offset: String(all.length), limit: '10' },
  ]);
});

const badPages: [field: string, page: ProjectPage][] = [
  ['offset', { offset: -1 }],
  ['offset', { offset: 1.5 }],
  ['offset', { offset: '1' as never }],
  ['limit', { limit: 0 }],
  ['limit', { offset: 0, limit: Number.NaN }],
];

test.each(badPages)('list names %s in %j, and sends nothing', async (field, page) => {
  const { client, asked } = answering('[]');
  expect(await failure(client.projects.list(page))).toMatchObject({ code: 'invalid_request', field });
  expect(asked).toEqual([]);
});

test('members are the account itself and whoever else is in the project', async () => {
  const { sandbox, client } = await server.start({ seed: 'demo' });
  const { username, displayName } = sandbox.ticktick.accounts[0] ?? {};
  const self = { username, displayName, self: true };
  expect(await client.projects.members('inbox')).toEqual([self]);
  const shared = (await client.projects.list()).find(({ permission }) => permission !== undefined);
  expect(await client.projects.members(shared?.id ?? '')).toEqual([
    self,
    { username: 'robin@example.com', displayName: 'Robin Okafor', self: false },
  ]);
  expect(await failure(client.projects.members(UNKNOWN_ID))).toBeInstanceOf(NotFoundError);
});

test.each(['not-found', 'error', 'empty'] as const)(
  '18.3: a project that was left, and fails with %s, is not found',
  async (loss) => {
    const { sandbox, client } = await server.start({ seed: 'empty' });
    const user = sandbox.ticktick.testUser();
    const { id } = user.createProject({ name: 'Left' });
    user.leaveProject(id, loss);
    for (const read of [client.projects.get(id), client.projects.data(id), client.projects.members(id)]) {
      expect(await failure(read)).toBeInstanceOf(NotFoundError);
    }
    expect(await client.projects.findData(id)).toBeUndefined();
  },
);

test('a change to a project that is none is an error, also where TickTick answers 200', async () => {
  const { client } = await server.start({ seed: 'empty' });
  for (const id of [UNKNOWN_ID, 'inbox']) {
    expect(await failure(client.projects.update(id, { name: 'x' }))).toBeInstanceOf(NotFoundError);
  }
  const { client: silent } = answering('');
  expect(await failure(silent.projects.update(UNKNOWN_ID, { name: 'x' }))).toBeInstanceOf(NotFoundError);
  expect(await failure(silent.projects.create({ name: 'x' }))).toBeInstanceOf(UnexpectedResponseError);
});

test('a name is kept whole or refused, never cut', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const longest = await client.projects.create({ name: 'x'.repeat(64) });
  expect(sandbox.ticktick.testUser().projects()[0]?.name).toBe('x'.repeat(64));
  sandbox.clearRequests();
  const name = 'x'.repeat(65);
  expect(await failure(client.projects.create({ name }))).toMatchObject({ field: 'name' });
  expect(await failure(client.projects.update(longest.id, { name }))).toMatchObject({ field: 'name' });
  expect(sandbox.requests).toEqual([]);
});

const badProjects: [field: string, input: unknown][] = [
  ['name', { name: '' }],
  ['name', { name: '  ' }],
  ['name', { name: 7 }],
  ['name', { name: null }],
  ['color', { name: 'x', color: 7 }],
  ['sortOrder', { name: 'x', sortOrder: '1' }],
  ['sortOrder', { name: 'x', sortOrder: Number.NaN }],
  ['viewMode', { name: 'x', viewMode: 'calendar' }],
  ['kind', { name: 'x', kind: 'task' }],
];

test.each(badProjects)('create and update name %s in %j, and send nothing', async (field, input) => {
  const { client, asked } = answering('{}');
  const calls = [
    client.projects.create(input as ProjectInput),
    client.projects.update('a', input as ProjectInput),
  ];
  for (const call of calls) {
    const error = await failure(call);
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error).toMatchObject({ field });
    expect(String(error)).toContain(field);
  }
  expect(asked).toEqual([]);
});

test('without a name nothing is created, without a change nothing is changed', async () => {
  const { client, asked } = answering('{}');
  expect(await failure(client.projects.create({} as never))).toMatchObject({ field: 'name' });
  expect(await failure(client.projects.create(undefined as never))).toMatchObject({ field: 'project' });
  for (const changes of [{}, { name: undefined }, undefined as never]) {
    expect(await failure(client.projects.update('a', changes))).toMatchObject({ field: 'changes' });
  }
  expect(asked).toEqual([]);
});

test.each(BAD_IDS)('an id %j reaches no path', async (id) => {
  const { client, asked } = answering('{}');
  const bad = id as string;
  const calls = [
    client.projects.update(bad, { name: 'x' }),
    client.projects.delete(bad),
    client.projects.members(bad),
  ];
  for (const call of calls) expect(await failure(call)).toMatchObject({ field: 'projectId' });
  expect(asked).toEqual([]);
});

test('fields and values that are not known yet pass through untouched', async () => {
  const wire = {
    id: 'a',
    name: 'x',
    viewMode: 'calendar',
    kind: 'ODD',
    permission: 'admin',
    extra: { deep: [1] },
  };
  const { client } = answering(JSON.stringify(wire));
  expect(await client.projects.create({ name: 'x' })).toEqual(wire);
  expect(await client.projects.update('a', { name: 'x' })).toEqual(wire);
});

test('a lost answer: a creation is not sent twice, a change and a deletion are', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  expect(await failure(client.projects.create({ name: 'x' }))).toBeInstanceOf(NetworkError);
  const [project, ...others] = await client.projects.list();
  expect(others).toEqual([]);
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  expect((await client.projects.update(project?.id ?? '', { name: 'y' })).name).toBe('y');
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  await client.projects.delete(project?.id ?? '');
  expect(await client.projects.list()).toEqual([]);
});
