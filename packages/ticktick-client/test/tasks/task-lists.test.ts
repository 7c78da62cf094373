import { UnexpectedResponseError } from '@context-sdk/oauth-core';
import type { Sandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { type TaskFilter, TickTickClient } from '@context-sdk/ticktick-client';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const NOW = Date.UTC(2026, 10, 22, 12);

async function emptyAccount(): Promise<{ sandbox: Sandbox; client: TickTickClient; projects: string[] }> {
  let now = NOW;
  const { sandbox, client } = await server.start({ seed: 'empty', clock: { now: () => now } });
  const testUser = sandbox.ticktick.testUser();
  const projects = ['A', 'B', 'C'].map((name) => testUser.createProject({ name }).id);
  void (now = NOW);
  return { sandbox, client, projects };
}

const ids = (tasks: { id: string }[]): string[] => tasks.map(({ id }) => id).toSorted();

test('completed tasks are paged to the end, newest first, without loss or repeat', async () => {
  const { sandbox, client, projects } = await emptyAccount();
  const testUser = sandbox.ticktick.testUser();
  const completed: string[] = [];
  for (let index = 0; index < 900; index += 1) {
    const task = testUser.createTask({ title: `t${index}`, projectId: projects[index % 3] ?? '' });
    testUser.completeTask(task.id);
    completed.push(task.id);
    // Bursts of equal times, and steps within one second.
    if (index % 7 === 0) sandbox.clock.advance(index % 2 ? 130 : 2_000);
  }
  const span = { from: new Date(NOW - 1), to: new Date(sandbox.clock.now()) };
  const listed = await client.tasks.listCompleted(span).toArray();
  expect(listed.map(({ id }) => id).toSorted()).toEqual(completed.toSorted());
  const times = listed.map(({ completedTime }) => completedTime ?? '');
  expect(times).toEqual(times.toSorted().toReversed());
});

test('the bounds of completed are inclusive to the millisecond', async () => {
  const { sandbox, client } = await emptyAccount();
  const testUser = sandbox.ticktick.testUser();
  const at: string[] = [];
  for (let step = 0; step < 4; step += 1) {
    const task = testUser.createTask({ title: 'x' });
    testUser.completeTask(task.id);
    at.push(task.id);
    sandbox.clock.advance(250);
  }
  const within = await client.tasks
    .listCompleted({ from: new Date(NOW + 250), to: new Date(NOW + 500) })
    .toArray();
  expect(ids(within)).toEqual(ids(at.slice(1, 3).map((id) => ({ id }))));
});

test('500 tasks completed at one moment are found project by project', async () => {
  const { sandbox, client, projects } = await emptyAccount();
  const testUser = sandbox.ticktick.testUser();
  const all = Array.from({ length: 500 }, (_, index) =>
    testUser.createTask({ title: `t${index}`, projectId: projects[index % 3] ?? '' }),
  );
  for (const { id } of all) testUser.completeTask(id);
  sandbox.clock.advance(5_000);
  const span = { from: new Date(NOW - 5_000), to: new Date(NOW + 5_000) };
  expect(ids(await client.tasks.listCompleted(span).toArray())).toEqual(ids(all));
});

test('over 200 of one project at one moment can’t be told apart, which is said', async () => {
  const { sandbox, client, projects } = await emptyAccount();
  const testUser = sandbox.ticktick.testUser();
  for (let index = 0; index < 201; index += 1) {
    testUser.completeTask(testUser.createTask({ title: `t${index}`, projectId: projects[0] ?? '' }).id);
  }
  const span = { from: new Date(NOW), to: new Date(NOW) };
  const error = await failure(client.tasks.listCompleted(span).toArray());
  expect(error).toBeInstanceOf(UnexpectedResponseError);
  expect(String(error)).toContain(projects[0]);
});

test('listDue spans longer than 14 days, and days with more than 200', async () => {
  const { sandbox, client, projects } = await emptyAccount();
  const testUser = sandbox.ticktick.testUser();
  const due = (day: number, hour: number): string =>
    new Date(NOW + (day * 24 + hour) * 3_600_000).toISOString().replace('.000Z', '+0000');
  const wanted = Array.from({ length: 700 }, (_, index) =>
    testUser.createTask({
      title: `t${index}`,
      projectId: projects[index % 3] ?? '',
      dueDate: index < 250 ? due(5, 0) : due(index % 60, index % 24),
    }),
  );
  testUser.createTask({ title: 'too late', dueDate: due(62, 0) });
  testUser.createTask({ title: 'no date' });
  testUser.completeTask(wanted.pop()?.id ?? '');
  const listed = await client.tasks
    .listDue({ from: new Date(NOW), to: new Date(NOW + 61 * 24 * 3_600_000) })
    .toArray();
  expect(ids(listed)).toEqual(ids(wanted));
});

test('a filter whose answer would be cut off is asked for in parts', async () => {
  const { sandbox, client, projects } = await emptyAccount();
  const testUser = sandbox.ticktick.testUser();
  const priorities = [0, 1, 3, 5] as const;
  const tasks = Array.from({ length: 1500 }, (_, index) =>
    testUser.createTask({
      title: `t${index}`,
      projectId: index < 900 ? (projects[0] ?? '') : (projects[index % 3] ?? ''),
      priority: priorities[index % 4] ?? 0,
      tags: index % 2 ? ['odd'] : ['even', 'both'],
      ...(index % 3 === 0 && { startDate: '2026-11-22T12:00:00+0000' }),
    }),
  );
  for (const [index, { id }] of tasks.entries()) {
    if (index % 5 === 0) testUser.completeTask(id);
    if (index % 40 === 0) sandbox.clock.advance(1_000);
  }
  const stored = testUser.tasks();
  const filters: [TaskFilter, (task: (typeof stored)[number]) => boolean][] = [
    [{}, ({ status }) => status === 0],
    [{ status: [0, 2] }, () => true],
    [{ status: [2] }, ({ status }) => status === 2],
    [{ priority: [1, 5] }, ({ status, priority }) => status === 0 && [1, 5].includes(priority)],
    [{ tags: ['even', 'both'], status: [0, 2] }, ({ tags }) => tags?.includes('both') === true],
    [
      { projectIds: [projects[0] ?? ''] },
      ({ status, projectId }) => status === 0 && projectId === projects[0],
    ],
    [
      { startFrom: new Date(NOW), startTo: new Date(NOW), status: [0, 2] },
      ({ startDate }) => startDate === '2026-11-22T12:00:00.000+0000',
    ],
    [{ kind: ['NOTE'] }, () => false],
  ];
  for (const [filter, isWanted] of filters) {
    expect(ids(await client.tasks.filter(filter).toArray()), JSON.stringify(filter)).toEqual(
      ids(stored.filter(isWanted)),
    );
  }
});

test('random completions over random times are listed exactly', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat({ max: 4_000 }), { minLength: 150, maxLength: 700 }), async (steps) => {
      const { sandbox, client, projects } = await emptyAccount();
      const testUser = sandbox.ticktick.testUser();
      const completed = steps.map((step, index) => {
        const task = testUser.createTask({ title: `t${index}`, projectId: projects[index % 3] ?? '' });
        testUser.completeTask(task.id);
        if (step > 3_000) sandbox.clock.advance(step - 3_000);
        return task;
      });
      const span = { from: new Date(NOW), to: new Date(sandbox.clock.now()) };
      expect(ids(await client.tasks.listCompleted(span).toArray())).toEqual(ids(completed));
    }),
    { numRuns: 15 },
  );
});

test('search finds words in title and content', async () => {
  const { sandbox, client } = await emptyAccount();
  const testUser = sandbox.ticktick.testUser();
  const one = testUser.createTask({ title: 'Buy Milk' });
  const two = testUser.createTask({ title: 'x', content: 'with milk and honey' });
  testUser.createTask({ title: 'else' });
  expect(ids(await client.tasks.search({ keywords: 'milk' }))).toEqual(ids([one, two]));
  expect(await failure(client.tasks.search({ keywords: ' ' }))).toMatchObject({ field: 'keywords' });
});

test.each([
  ['from', { from: 'nonsense', to: new Date() }],
  ['to', { from: new Date(), to: undefined }],
  ['to', { from: new Date(2), to: new Date(1) }],
  ['projectIds[1]', { from: new Date(1), to: new Date(2), projectIds: ['a', '../b'] }],
  ['projectId', { from: new Date(1), to: new Date(2), projectId: 'a' }],
])('a range with a wrong %s is refused at once', async (field, range) => {
  const { client, sandbox } = await emptyAccount();
  for (const list of [client.tasks.listCompleted, client.tasks.listDue]) {
    expect(() => list.call(client.tasks, range as never)).toThrow(
      expect.objectContaining({ field }) as Error,
    );
  }
  expect(sandbox.requests).toEqual([]);
});

test('18.7: a list of completed tasks takes no ids of tasks, which it would pass over', async () => {
  const { client } = await emptyAccount();
  const range = { from: new Date(1), to: new Date(2), taskIds: ['a'] };
  expect(() => client.tasks.listCompleted(range)).toThrow(
    expect.objectContaining({ field: 'taskIds' }) as Error,
  );
  expect(await client.tasks.listDue(range).toArray()).toEqual([]);
});

test.each([
  ['tag', { tag: ['work'] }],
  ['startFrom', { startFrom: new Date(1) }],
  ['status', { status: [1] }],
  ['tags', { tags: 'work' }],
])('18.7: a search with a wrong %s is refused: it would narrow nothing', async (field, more) => {
  const { client, sandbox } = await emptyAccount();
  const search = { keywords: 'milk', ...more } as never;
  expect(await failure(client.tasks.search(search))).toMatchObject({ code: 'invalid_request', field });
  expect(sandbox.requests).toEqual([]);
});

test('18.7: bounds of a search between two seconds find what lies between them', async () => {
  const { client, sandbox } = await emptyAccount();
  const due = (second: number) => ({ title: 'milk', dueDate: `2026-11-22T09:00:0${second}+0000` });
  const [, second] = [1, 2, 3].map((at) => sandbox.ticktick.testUser().createTask(due(at)));
  const found = await client.tasks.search({
    keywords: 'milk',
    dueFrom: '2026-11-22T09:00:01.500Z',
    dueTo: '2026-11-22T09:00:02.500Z',
  });
  expect(found.map(({ id }) => id)).toEqual([second?.id]);
});

test('18.7: a range of focus or check-ins with an unknown member is refused, which it would pass over', async () => {
  const { client, sandbox } = await emptyAccount();
  const focus = { from: new Date(1), to: new Date(2), type: 0, taskId: 'a' } as never;
  expect(await failure(client.focus.list(focus).toArray())).toMatchObject({ field: 'taskId' });
  const checkIns = { habitIds: ['a'], from: 20260101, to: 20260102, status: 0 } as never;
  expect(await failure(client.habits.checkIns(checkIns))).toMatchObject({ field: 'status' });
  expect(sandbox.requests).toEqual([]);
});

test.each([
  ['status', { status: [-1] }],
  ['priority', { priority: [2] }],
  ['startFrom', { startFrom: 'x' }],
  ['projectIds[0]', { projectIds: [''] }],
  ['startDate', { startDate: new Date(1) }],
  ['filter', 'open'],
])('a filter with a wrong %s is refused at once', async (field, filter) => {
  const { client } = await emptyAccount();
  expect(() => client.tasks.filter(filter as never)).toThrow(expect.objectContaining({ field }) as Error);
});

test('listings can be aborted between pages', async () => {
  const { sandbox, client } = await emptyAccount();
  const testUser = sandbox.ticktick.testUser();
  for (let index = 0; index < 300; index += 1) {
    testUser.completeTask(testUser.createTask({ title: 'x' }).id);
    sandbox.clock.advance(1_000);
  }
  const controller = new AbortController();
  const reason = new Error('enough');
  const span = { from: new Date(NOW), to: new Date(sandbox.clock.now()) };
  const listed = failure(
    (async () => {
      for await (const _ of client.tasks.listCompleted(span, { signal: controller.signal }))
        controller.abort(reason);
    })(),
  );
  expect(await listed).toBe(reason);
});

test('completed tasks without a time are an answer that does not fit, not an endless search', async () => {
  let requests = 0;
  const page = Array.from({ length: 200 }, (_, index) => ({ id: `t${index}`, projectId: 'p', title: 'x' }));
  const fetch = async (): Promise<Response> => {
    requests += 1;
    return Response.json(page);
  };
  const client = new TickTickClient({ auth: 'x', fetch, limits: [] });
  const listed = client.tasks.listCompleted({ from: new Date(NOW - 3_600_000), to: new Date(NOW) }).toArray();
  expect(await failure(listed)).toMatchObject({ code: 'unexpected_response', field: 'completedTime' });
  expect(requests).toBe(1);
});
