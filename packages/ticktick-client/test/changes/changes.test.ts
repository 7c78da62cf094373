import {
  ConfigurationError,
  memoryRateLimiter,
  memoryStore,
  type RecordStore,
} from '@context-sdk/oauth-core';
import { createSandbox, type Sandbox, type SandboxOptions } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { type TaskChangeEvent, TickTickClient } from '@context-sdk/ticktick-client';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => vi.useRealTimers());

const KEY = 'user-1/ticktick/changes';

function start(options: SandboxOptions = { seed: 'empty' }) {
  const sandbox = createSandbox({ ...options, ticktick: { rateLimits: [] } });
  const store = memoryStore();
  const client = clientOf(sandbox);
  const testUser = sandbox.ticktick.testUser();
  const poll = (more = {}) => client.changes.poll({ store, key: KEY, ...more });
  /** Polls, acknowledges, and gives what happened. */
  const changes = async (): Promise<TaskChangeEvent[]> => {
    const batch = await poll();
    await batch.acknowledge();
    return batch.events;
  };
  return { sandbox, store, client, testUser, poll, changes };
}

function clientOf(sandbox: Sandbox): TickTickClient {
  return new TickTickClient({
    auth: sandbox.ticktick.issueApiToken(),
    fetch: sandbox.fetch,
    limits: [],
    rateLimiter: memoryRateLimiter(),
    retry: { minDelayMs: 0, maxDelayMs: 0 },
  });
}

const seen = (events: TaskChangeEvent[]): string[] => events.map(({ type, data }) => `${type} ${data.id}`);

test('the first poll is the beginning; with initial: emit it gives every open task', async () => {
  const { poll, store, client } = start({ seed: 5 });
  expect((await poll()).events).toEqual([]);
  const emitted = await client.changes.poll({ store, key: 'another', initial: 'emit' });
  expect(emitted.events.map(({ type }) => type)).toEqual(Array.from({ length: 5 }, () => 'task.created'));
});

test('created, updated with the fields’ names, and nothing where nothing happened', async () => {
  const { testUser, changes } = start();
  const old = testUser.createTask({ title: 'old', content: 'x' });
  await changes();
  const created = testUser.createTask({ title: 'new' });
  testUser.updateTask(old.id, { title: 'older', priority: 5 });
  const events = await changes();
  expect(seen(events)).toEqual([`task.updated ${old.id}`, `task.created ${created.id}`]);
  const [updated] = events;
  expect(updated).toMatchObject({
    source: 'ticktick',
    verified: true,
    data: { id: old.id, title: 'older' },
    at: Date.parse((testUser.task(old.id)?.modifiedTime ?? '').replace('+0000', 'Z')),
  });
  expect(updated?.type === 'task.updated' && updated.changed.toSorted()).toEqual(['priority', 'title']);
  expect(await changes()).toEqual([]);
});

test('completed, also where it is the last of its project; a deleted one that stays readable is deleted', async () => {
  const { testUser, changes, client } = start();
  const project = testUser.createProject({ name: 'P' });
  const done = testUser.createTask({ title: 'done', projectId: project.id });
  const gone = testUser.createTask({ title: 'gone', projectId: project.id });
  await changes();
  testUser.completeTask(done.id);
  testUser.deleteTask(gone.id);
  expect((await client.tasks.get(gone)).status).toBe(0);
  expect(seen(await changes())).toEqual([`task.completed ${done.id}`, `task.deleted ${gone.id}`]);
});

test('a task that moved is moved, with what changed besides', async () => {
  const { testUser, changes } = start();
  const [one, two] = ['A', 'B'].map((name) => testUser.createProject({ name }));
  const task = testUser.createTask({ title: 'x', projectId: one?.id ?? '' });
  await changes();
  testUser.moveTask(task.id, two?.id ?? '');
  const events = await changes();
  expect(seen(events)).toEqual([`task.moved ${task.id}`]);
  expect(events[0]).toMatchObject({ fromProjectId: one?.id, data: { projectId: two?.id } });
});

test('a recurring task completes into a copy and goes on', async () => {
  const { testUser, changes } = start();
  const task = testUser.createTask({
    title: 'daily',
    dueDate: '2026-11-22T08:00:00+0000',
    repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1',
  });
  await changes();
  testUser.completeTask(task.id);
  testUser.completeTask(task.id);
  const events = await changes();
  expect(events.map(({ type }) => type)).toEqual(['task.completed', 'task.completed', 'task.updated']);
  for (const event of events.slice(0, 2)) {
    expect(event).toMatchObject({ recurringTaskId: task.id });
    expect(event.data.id).not.toBe(task.id);
  }
  expect(events[2]).toMatchObject({ data: { id: task.id, dueDate: '2026-11-24T08:00:00.000+0000' } });
  testUser.updateTask(task.id, { dueDate: '2026-11-30T08:00:00+0000' });
  expect(seen(await changes())).toEqual([`task.updated ${task.id}`]);
});

test('a task that is opened again was updated, not created', async () => {
  const { testUser, changes } = start();
  const task = testUser.createTask({ title: 'x' });
  await changes();
  testUser.completeTask(task.id);
  await changes();
  testUser.updateTask(task.id, { status: 0 });
  const events = await changes();
  expect(seen(events)).toEqual([`task.updated ${task.id}`]);
  expect(events[0]).toMatchObject({ changed: ['status'] });
});

test('a deleted project deletes its tasks, at the price of one look', async () => {
  const { sandbox, testUser, changes } = start();
  const project = testUser.createProject({ name: 'P' });
  const tasks = Array.from({ length: 60 }, (_, index) =>
    testUser.createTask({ title: `t${index}`, projectId: project.id }),
  );
  await changes();
  testUser.deleteProject(project.id);
  sandbox.clearRequests();
  expect(seen(await changes()).toSorted()).toEqual(tasks.map(({ id }) => `task.deleted ${id}`).toSorted());
  expect(sandbox.requests.length).toBeLessThanOrEqual(3);
});

test('a poll takes one request while nothing vanished and there are at most 199 tasks', async () => {
  const { sandbox, testUser, changes, poll } = start({ seed: 199 });
  await changes();
  testUser.updateTask(testUser.tasks()[0]?.id ?? '', { title: 'x' });
  sandbox.clearRequests();
  const batch = await poll();
  expect(batch.requests).toBe(1);
  expect(sandbox.requests).toHaveLength(1);
  await batch.acknowledge();
});

test('many vanished tasks are looked at over several polls, which leaves the host its limits', async () => {
  const { testUser, changes, poll } = start({ seed: 150 });
  await changes();
  const open = testUser.tasks();
  for (const { id } of open.slice(0, 100)) testUser.deleteTask(id);
  const deleted = new Set<string>();
  for (let polls = 0; deleted.size < 100; polls += 1) {
    expect(polls).toBeLessThan(12);
    const batch = await poll();
    expect(batch.requests).toBeLessThanOrEqual(25);
    for (const { type, data } of batch.events) {
      expect(type).toBe('task.deleted');
      expect(deleted.has(data.id)).toBe(false);
      deleted.add(data.id);
    }
    await batch.acknowledge();
  }
});

test('what is not acknowledged comes again, from another process too, as soon as the lease has run out', async () => {
  const { sandbox, store, testUser, changes, poll } = start();
  await changes();
  const task = testUser.createTask({ title: 'x' });
  const lost = await poll({ leaseTtlMs: 200 });
  expect(seen(lost.events)).toEqual([`task.created ${task.id}`]);
  const other = await clientOf(sandbox).changes.poll({ store: { ...store }, key: KEY });
  expect(other.events.map(({ id }) => id)).toEqual(lost.events.map(({ id }) => id));
  await other.acknowledge();
  expect(await failure(lost.acknowledge())).toMatchObject({ code: 'store', reason: 'lease-lost' });
  expect(await changes()).toEqual([]);
});

test.each(['completed', 'deleted'] as const)(
  '17: a new task that was handed out and never acknowledged is told when it is %s before the next poll',
  async (fate) => {
    const { testUser, poll, changes } = start();
    await changes();
    const task = testUser.createTask({ title: 'new' });
    const batch = await poll();
    expect(seen(batch.events)).toEqual([`task.created ${task.id}`]);
    batch.release();
    if (fate === 'completed') testUser.completeTask(task.id);
    else testUser.deleteTask(task.id);
    expect(seen(await changes())).toEqual([`task.${fate} ${task.id}`]);
    expect(await changes()).toEqual([]);
  },
);

test('17: a new project that was handed out and never acknowledged is told when it is gone', async () => {
  const { testUser, poll } = start();
  await poll({ projects: true });
  const project = testUser.createProject({ name: 'new' });
  const batch = await poll({ projects: true });
  expect(batch.events.map(({ type }): string => type)).toEqual(['project.created']);
  batch.release();
  testUser.deleteProject(project.id);
  const gone = await poll({ projects: true });
  expect(gone.events).toMatchObject([{ type: 'project.deleted', data: { id: project.id, name: 'new' } }]);
  await gone.acknowledge();
  expect((await poll({ projects: true })).events).toEqual([]);
});

test.each(['["else"]', '{"tasks":{"t1":{"projectId":"p1"}},"completed":[]}', '{"tasks":{}}', ''])(
  '17: a snapshot that reads %j is corrupt, whatever the account holds',
  async (text) => {
    const { store, poll, changes, testUser } = start();
    await changes();
    const key = `${KEY}/snapshot`;
    await store.compareAndSet(key, (await store.get(key))?.version, text);
    testUser.createTask({ title: 'new' });
    expect(await failure(poll())).toMatchObject({ code: 'store', reason: 'corrupt' });
  },
);

test('a poll that fails changes nothing', async () => {
  const { sandbox, testUser, changes, poll } = start();
  await changes();
  const task = testUser.createTask({ title: 'x' });
  sandbox.faults.inject({ kind: 'status', status: 503 }, { times: 3 });
  expect(await failure(poll())).toMatchObject({ code: 'service_unavailable' });
  expect(seen(await changes())).toEqual([`task.created ${task.id}`]);
});

test('a failed acknowledgment can be repeated', async () => {
  const inner = memoryStore();
  let isDown = false;
  const store: RecordStore = {
    ...inner,
    compareAndSet: (...parameters) =>
      isDown ? Promise.reject(new Error('down')) : inner.compareAndSet(...parameters),
  };
  const { testUser, client } = start();
  await client.changes.poll({ store, key: KEY });
  testUser.createTask({ title: 'x' });
  const batch = await client.changes.poll({ store, key: KEY });
  isDown = true;
  expect(await failure(batch.acknowledge())).toBeInstanceOf(Error);
  isDown = false;
  await batch.acknowledge();
  await batch.acknowledge();
  expect((await client.changes.poll({ store, key: KEY })).events).toEqual([]);
});

test('watch gives event after event, goes on after passing failures, and ends with its signal', async () => {
  const { sandbox, store, testUser, client } = start();
  const controller = new AbortController();
  const errors: unknown[] = [];
  const events: TaskChangeEvent[] = [];
  const watched = failure(
    (async () => {
      const options = {
        store,
        key: KEY,
        intervalMs: 5,
        signal: controller.signal,
        onError: (error: unknown) => errors.push(error),
      };
      for await (const event of client.changes.watch(options)) events.push(event);
    })(),
  );
  await expect.poll(() => sandbox.requests.length).toBeGreaterThan(0);
  await expect.poll(() => store.get(`${KEY}/snapshot`)).toBeDefined();
  sandbox.faults.inject({ kind: 'status', status: 503 }, { times: 3 });
  await expect.poll(() => errors.length, { timeout: 30_000, interval: 100 }).toBeGreaterThan(0);
  const task = testUser.createTask({ title: 'x' });
  await expect
    .poll(() => seen(events), { timeout: 30_000, interval: 100 })
    .toEqual([`task.created ${task.id}`]);
  const reason = new Error('enough');
  controller.abort(reason);
  expect(await watched).toBe(reason);
});

test('a watch that ends in the middle of a batch gives it up, and the next one begins with it at once', async () => {
  const { store, testUser, client, changes, poll } = start();
  await changes();
  testUser.createTask({ title: 'a' });
  testUser.createTask({ title: 'b' });
  const first: string[] = [];
  for await (const { id } of client.changes.watch({ store, key: KEY, intervalMs: 5 })) {
    first.push(id);
    break;
  }
  const again = await poll({ deadlineMs: 2_000 });
  expect(again.events).toHaveLength(2);
  expect(again.events.map(({ id }) => id)).toContain(first[0]);
  again.release();
  expect((await poll({ deadlineMs: 2_000 })).events).toHaveLength(2);
});

test('a token that ended ends the watch', async () => {
  const { sandbox, store } = start();
  const client = new TickTickClient({ auth: 'ended', fetch: sandbox.fetch, limits: [] });
  const watching = client.changes.watch({ store, key: KEY, intervalMs: 5 });
  expect(await failure(watching.next())).toMatchObject({ code: 'reauthorization_required' });
});

test('wrong options are named', async () => {
  const { client, store } = start();
  expect(await failure(client.changes.poll({ store, key: '' }))).toBeInstanceOf(ConfigurationError);
  expect(await failure(client.changes.poll({ store: {} as never, key: 'a' }))).toMatchObject({
    code: 'configuration',
  });
  const watching = client.changes.watch({ store, key: 'a', intervalMs: 0 });
  expect(await failure(watching.next())).toMatchObject({ code: 'configuration' });
});

test('18.feed: a task that is moved into a project which is archived before the next poll is not deleted', async () => {
  const { sandbox, testUser, changes, client } = start();
  const [from, to] = ['From', 'To'].map((name) => testUser.createProject({ name }));
  const task = testUser.createTask({ title: 'x', projectId: from?.id ?? '' });
  await changes();
  await client.tasks.move(task, to?.id ?? '');
  testUser.archiveProject(to?.id ?? '');
  sandbox.clearRequests();
  expect(await changes()).toEqual([]);
  expect(sandbox.requests.length).toBeLessThanOrEqual(6);
  expect(await changes()).toEqual([]);
  testUser.archiveProject(to?.id ?? '', false);
  expect(await changes()).toMatchObject([
    { type: 'task.moved', fromProjectId: from?.id, data: { id: task.id } },
  ]);
  testUser.deleteTask(task.id);
  testUser.emptyTrash();
  expect(seen(await changes())).toEqual([`task.deleted ${task.id}`]);
});
