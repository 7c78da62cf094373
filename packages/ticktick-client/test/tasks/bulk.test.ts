import {
  type InvalidRequestError,
  NetworkError,
  NotFoundError,
  ReauthorizationRequiredError,
} from '@context-sdk/oauth-core';
import { failure } from '@context-sdk/test-support';
import { type TaskOutcome, TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { directClient, useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const statuses = (outcomes: TaskOutcome[]): string[] => outcomes.map(({ status }) => status);
const NOWHERE = '0123456789abcdef01234567';

async function account(tasks: number) {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const testUser = sandbox.ticktick.testUser();
  const projects = ['A', 'B'].map((name) => testUser.createProject({ name }).id);
  const created = Array.from({ length: tasks }, (_, index) =>
    testUser.createTask({ title: `t${index}`, projectId: projects[index % 2] ?? '' }),
  );
  sandbox.clearRequests();
  return { sandbox, client, testUser, projects, created };
}

test('updateMany changes 120 tasks in three requests, with one outcome each, in order', async () => {
  const { sandbox, client, testUser, created } = await account(120);
  const outcomes = await client.tasks.updateMany(
    created.map((task, index) => ({ task, changes: { title: `new ${index}` } })),
  );
  expect(outcomes).toEqual(created.map(({ id }) => ({ status: 'ok', id, etag: testUser.task(id)?.etag })));
  expect(testUser.tasks().every(({ title }) => title.startsWith('new'))).toBe(true);
  expect(sandbox.requests).toHaveLength(3);
});

test('tasks named by their ids alone are found by listing once', async () => {
  const { sandbox, client, created } = await account(60);
  const outcomes = await client.tasks.updateMany([
    ...created.map(({ id }) => ({ task: id, changes: { priority: 5 as const } })),
    { task: NOWHERE, changes: { priority: 5 as const } },
  ]);
  expect(statuses(outcomes)).toEqual([...created.map(() => 'ok'), 'failed']);
  expect(outcomes.at(-1)).toMatchObject({ error: { code: 'not_found' } });
  expect(sandbox.requests.length).toBeLessThanOrEqual(10);
});

test('input that can’t be right fails by name and keeps nothing back', async () => {
  const { client, projects, created } = await account(2);
  const [one, two] = created;
  const updated = await client.tasks.updateMany([
    { task: one ?? '', changes: {} },
    { task: two ?? '', changes: { title: '' } },
    { task: '../x', changes: { title: 'a' } },
    { task: { id: 'a', projectId: '' }, changes: { title: 'a' } },
    null as never,
    { task: one ?? '', changes: { title: 'right' } },
  ]);
  expect(
    updated.map((outcome) =>
      outcome.status === 'failed' ? (outcome.error as InvalidRequestError).field : 'ok',
    ),
  ).toEqual([
    'tasks[0].changes',
    'tasks[1].changes.title',
    'tasks[2]',
    'tasks[3].projectId',
    'tasks[4].changes',
    'ok',
  ]);
  const moved = await client.tasks.moveMany([
    { task: one ?? '', toProjectId: '%2e' },
    { task: two ?? '', toProjectId: projects[0] ?? '' },
  ]);
  expect(statuses(moved)).toEqual(['failed', 'ok']);
  expect(moved[0]).toMatchObject({ error: { field: 'tasks[0].toProjectId' } });
  for (const many of [client.tasks.completeMany, client.tasks.deleteMany]) {
    expect(await failure(many.call(client.tasks, 'x' as never))).toMatchObject({ field: 'tasks' });
    expect(await many.call(client.tasks, [])).toEqual([]);
  }
});

test('a change that the service refuses inside a 200 is failed with its code', async () => {
  const { client, created, projects } = await account(2);
  const outcomes = await client.tasks.updateMany([
    { task: { id: NOWHERE, projectId: projects[0] ?? '' }, changes: { title: 'x' } },
    { task: created[0] ?? '', changes: { title: 'y' } },
  ]);
  expect(statuses(outcomes)).toEqual(['failed', 'ok']);
  expect(outcomes[0]).toMatchObject({ error: { serviceCode: 'NOT_EXISTED' } });
});

test('a lost answer to changes is sent again', async () => {
  const { sandbox, client, created } = await account(50);
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  const outcomes = await client.tasks.updateMany(created.map((task) => ({ task, changes: { title: 'x' } })));
  expect(new Set(statuses(outcomes))).toEqual(new Set(['ok']));
});

test('completeMany completes by project, also in the inbox; what is not there is failed', async () => {
  const { sandbox, client, testUser, created, projects } = await account(120);
  const inbox = testUser.createTask({ title: 'inbox' });
  const tasks = [...created, inbox, { id: NOWHERE, projectId: projects[0] ?? '' }];
  const outcomes = await client.tasks.completeMany(tasks);
  expect(statuses(outcomes)).toEqual([...created.map(() => 'ok'), 'ok', 'failed']);
  expect(outcomes.at(-1)).toMatchObject({ error: expect.any(NotFoundError) as unknown });
  expect(testUser.tasks().every(({ status }) => status === 2)).toBe(true);
  expect(sandbox.requests).toHaveLength(5);
});

test('after a lost answer completed tasks are settled, recurring ones stay unknown, none moves twice', async () => {
  for (const when of ['before', 'after'] as const) {
    const { sandbox, client, testUser, projects, created } = await account(4);
    const dueDate = '2026-11-22T12:00:00+0000';
    const recurring = testUser.createTask({
      title: 'r',
      projectId: projects[0] ?? '',
      dueDate,
      repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1',
    });
    const tasks = [...created.filter(({ projectId }) => projectId === projects[0]), recurring];
    sandbox.faults.inject({ kind: 'reset', when }, { operation: 'task.completeTasks' });
    const outcomes = await client.tasks.completeMany(tasks);
    expect(statuses(outcomes)).toEqual(['ok', 'ok', 'unknown']);
    const next = testUser.task(recurring.id)?.dueDate;
    expect(next).toBe(when === 'after' ? '2026-11-23T12:00:00.000+0000' : '2026-11-22T12:00:00.000+0000');
  }
});

test('moveMany moves, and remembers where to', async () => {
  const { sandbox, client, testUser, created, projects } = await account(60);
  const [from, to] = projects;
  const tasks = created.filter(({ projectId }) => projectId === from);
  const outcomes = await client.tasks.moveMany([
    ...tasks.map((task) => ({ task, toProjectId: to ?? '' })),
    { task: tasks[0] ?? '', toProjectId: NOWHERE },
  ]);
  expect(statuses(outcomes)).toEqual([...tasks.map(() => 'ok'), 'failed']);
  expect(tasks.every(({ id }) => testUser.task(id)?.projectId === to)).toBe(true);
  sandbox.clearRequests();
  expect((await client.tasks.get(tasks[1]?.id ?? '')).projectId).toBe(to);
  expect(sandbox.requests).toHaveLength(1);
});

test('move moves one, and says where a project is missing', async () => {
  const { client, testUser, created, projects } = await account(2);
  const receipt = await client.tasks.move(created[0] ?? '', projects[1] ?? '');
  expect(receipt).toEqual({ id: created[0]?.id, etag: testUser.task(created[0]?.id ?? '')?.etag });
  expect(await failure(client.tasks.move(created[1] ?? '', NOWHERE))).toBeInstanceOf(NotFoundError);
  expect(await failure(client.tasks.move(created[1] ?? '', '..'))).toMatchObject({ field: 'toProjectId' });
});

test('deleteMany deletes, twice as well as once', async () => {
  const { client, testUser, created } = await account(23);
  const progress: number[] = [];
  const outcomes = await client.tasks.deleteMany([...created, ...created.slice(0, 2)], {
    onProgress: ({ done }) => progress.push(done),
  });
  expect(new Set(statuses(outcomes))).toEqual(new Set(['ok']));
  expect(progress).toEqual([5, 10, 15, 20, 25]);
  expect(testUser.tasks()).toEqual([]);
});

test('assign and unassign', async () => {
  const { sandbox, client } = await server.start({ seed: 'demo' });
  const testUser = sandbox.ticktick.testUser();
  const shared = testUser.projects().find(({ permission }) => permission !== undefined);
  const task = testUser.tasks().find(({ projectId, status }) => projectId === shared?.id && status === 0);
  const ref = { id: task?.id ?? '', projectId: shared?.id ?? '' };
  expect((await client.tasks.assign(ref, 'robin@example.com')).assigneeUsername).toBe('robin@example.com');
  expect((await client.tasks.unassign(ref)).assigneeUsername).toBeUndefined();
  expect(await failure(client.tasks.assign(ref, ''))).toMatchObject({ field: 'assigneeUsername' });
});

test('an abort keeps what is done; a token that ended stops the rest', async () => {
  const { sandbox, created } = await account(120);
  const client = directClient(sandbox);
  const controller = new AbortController();
  const outcomes = await client.tasks.updateMany(
    created.map((task) => ({ task, changes: { title: 'x' } })),
    { signal: controller.signal, onProgress: () => controller.abort() },
  );
  expect(statuses(outcomes)).toEqual([
    ...Array.from({ length: 50 }, () => 'ok'),
    ...Array.from({ length: 70 }, () => 'failed'),
  ]);
  sandbox.clearRequests();
  const ended = new TickTickClient({ auth: 'ended', fetch: sandbox.fetch, limits: [] });
  const refused = await ended.tasks.completeMany(created);
  expect(
    refused.every(
      (outcome) => outcome.status === 'failed' && outcome.error instanceof ReauthorizationRequiredError,
    ),
  ).toBe(true);
  expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toHaveLength(1);
});

test('2,000 tasks through a bad network: each is created once, or said not to be', async () => {
  for (const proposedIds of ['keep', 'assign'] as const) {
    let [now, requests] = [Date.now(), 0];
    const { sandbox } = await server.start({
      seed: 'empty',
      clock: { now: () => now },
      randomSeed: 7,
      ticktick: { proposedIds, rateLimits: [{ limit: 3, intervalMs: 60 }] },
      faults: [
        { fault: { kind: 'reset', when: 'after' }, scope: { operation: 'task.batch', rate: 0.02 } },
        { fault: { kind: 'reset', when: 'before' }, scope: { rate: 0.01 } },
        { fault: { kind: 'cut-body' }, scope: { rate: 0.01 } },
      ],
    });
    const client = new TickTickClient({
      auth: sandbox.ticktick.issueApiToken(),
      // One request in five comes sooner than the service allows, so that the client is refused again and again.
      fetch: (input, init) => {
        requests += 1;
        now += requests % 5 === 0 ? 70 : 10;
        return sandbox.fetch(input, init);
      },
      limits: [{ limit: 6, intervalMs: 6 }],
      retry: { attempts: 8, minDelayMs: 0, maxDelayMs: 0 },
    });
    const inputs = Array.from({ length: 2000 }, (_, index) => ({ title: `Task ${index}` }));
    const outcomes = await client.tasks.createMany(inputs);
    expect(sandbox.requests.some(({ status }) => status === 500)).toBe(true);
    const byTitle = Map.groupBy(sandbox.ticktick.testUser().tasks(), ({ title }) => title);
    for (const [index, outcome] of outcomes.entries()) {
      const stored = byTitle.get(`Task ${index}`) ?? [];
      expect(stored.length).toBeLessThanOrEqual(1);
      if (outcome.status === 'ok') expect(stored[0]?.id).toBe(outcome.id);
      if (outcome.status === 'failed') expect(stored).toEqual([]);
    }
    const unknown = outcomes.filter(({ status }) => status === 'unknown').length;
    expect(outcomes.filter(({ status }) => status === 'ok').length).toBeGreaterThan(
      proposedIds === 'keep' ? 1900 : 1600,
    );
    expect(unknown).toBeLessThan(400);
  }
}, 60_000);

test('a network that is down fails everything without a doubt', async () => {
  const refuse = Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  const client = new TickTickClient({
    auth: 'x',
    fetch: () => Promise.reject(refuse),
    limits: [],
    retry: { attempts: 1 },
  });
  const outcomes = await client.tasks.createMany([{ title: 'a' }]);
  expect(outcomes).toEqual([{ status: 'failed', error: expect.any(NetworkError) as unknown }]);
});

test('what the host’s own code throws does not cost the outcomes', async () => {
  const { sandbox, created } = await account(120);
  let asked = 0;
  const client = new TickTickClient({
    auth: {
      account: 'user-1',
      getAccessToken: async () => {
        asked += 1;
        if (asked > 2) throw new Error('the host’s database is down');
        return sandbox.ticktick.issueApiToken();
      },
    },
    fetch: sandbox.fetch,
    limits: [],
  });
  const outcomes = await client.tasks.updateMany(
    created.map((task) => ({ task, changes: { title: 'x' } })),
    {
      onProgress: () => {
        throw new Error('EPIPE');
      },
    },
  );
  expect(statuses(outcomes)).toEqual([
    ...created.slice(0, 100).map(() => 'ok'),
    ...created.slice(100).map(() => 'failed'),
  ]);
});

test('a list with holes has an outcome for each', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const holed = [{ title: 'a' }];
  holed[2] = { title: 'c' };
  const outcomes = await client.tasks.createMany(holed);
  expect(statuses(outcomes)).toEqual(['ok', 'failed', 'ok']);
});

test('receipts with the names of built-ins are receipts', async () => {
  const ref = { id: 'constructor', projectId: 'b' };
  const update = { task: ref, changes: { title: 'x' } };
  const answers: [receipt: string, expected: object][] = [
    [
      '{"id2etag":{},"id2error":{"constructor":"constructor"}}',
      { status: 'failed', error: expect.any(Error) as unknown },
    ],
    [
      '{"id2etag":{},"id2error":{"constructor":"__proto__"}}',
      { status: 'failed', error: expect.any(Error) as unknown },
    ],
    ['{"id2etag":{},"id2error":{}}', { status: 'unknown', error: expect.any(Error) as unknown }],
    ['{"id2etag":{"constructor":null},"id2error":{}}', { status: 'ok', id: 'constructor' }],
  ];
  for (const [receipt, expected] of answers) {
    const client = new TickTickClient({ auth: 'x', fetch: async () => new Response(receipt), limits: [] });
    expect(await client.tasks.updateMany([update])).toEqual([expected]);
  }
});
