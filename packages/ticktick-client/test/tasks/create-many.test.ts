import { failure } from '@context-sdk/test-support';
import { type BulkProgress, type TaskInput, TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { directClient, useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const titled = (count: number): TaskInput[] =>
  Array.from({ length: count }, (_, index) => ({ title: `Task ${index}` }));

test.each(['keep', 'assign'] as const)(
  '120 tasks in three requests, with ids the service %ss',
  async (proposedIds) => {
    const { sandbox, client } = await server.start({ seed: 'empty', ticktick: { proposedIds } });
    const progress: BulkProgress[] = [];
    const outcomes = await client.tasks.createMany(titled(120), {
      onProgress: (step) => progress.push(step),
    });
    const testUser = sandbox.ticktick.testUser();
    const titles = outcomes.map((outcome) => outcome.status === 'ok' && testUser.task(outcome.id)?.title);
    expect(titles).toEqual(titled(120).map(({ title }) => title));
    expect(progress).toEqual([
      { done: 50, total: 120, failed: 0 },
      { done: 100, total: 120, failed: 0 },
      { done: 120, total: 120, failed: 0 },
    ]);
    expect(sandbox.requests.filter(({ operation }) => operation === 'task.batch')).toHaveLength(3);
    expect(testUser.tasks()).toHaveLength(120);
  },
);

test('no tasks are no request and no outcomes; what is no list is refused', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  expect(await client.tasks.createMany([])).toEqual([]);
  expect(await failure(client.tasks.createMany('x' as never))).toMatchObject({ field: 'tasks' });
  expect(sandbox.requests).toEqual([]);
});

test('5,000 tasks are 100 requests', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const outcomes = await client.tasks.createMany(titled(5000));
  expect(outcomes.every(({ status }) => status === 'ok')).toBe(true);
  expect(new Set(outcomes.map((outcome) => (outcome.status === 'ok' ? outcome.id : ''))).size).toBe(5000);
  expect(sandbox.requests).toHaveLength(100);
});

test('a task that can’t be right fails by name and keeps no other back', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const inputs = [
    { title: 'a' },
    { title: '' },
    { title: 'c', dueDate: 'soon' },
    null as never,
    { title: 'e' },
  ];
  const outcomes = await client.tasks.createMany(inputs);
  expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'failed', 'failed', 'failed', 'ok']);
  expect(outcomes[1]).toMatchObject({ error: { field: 'tasks[1].title' } });
  expect(outcomes[2]).toMatchObject({ error: { field: 'tasks[2].dueDate' } });
  expect(outcomes[3]).toMatchObject({ error: { field: 'tasks[3]' } });
  expect(sandbox.ticktick.testUser().tasks()).toHaveLength(2);
});

test('a task that the service refuses inside a 200 is failed with its code', async () => {
  const { client } = await server.start({ seed: 'empty' });
  const outcomes = await client.tasks.createMany([
    { title: 'a', projectId: '0123456789abcdef01234567' },
    { title: 'b' },
  ]);
  expect(outcomes.map(({ status }) => status)).toEqual(['failed', 'ok']);
  expect(outcomes[0]).toMatchObject({ error: { serviceCode: expect.any(String) as string } });
});

test('an answer lost where ids are kept is settled: every task exists once', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  sandbox.faults.inject({ kind: 'reset', when: 'after' }, { operation: 'task.batch', times: 2 });
  const outcomes = await client.tasks.createMany(titled(120));
  expect(outcomes.every(({ status }) => status === 'ok')).toBe(true);
  expect(sandbox.ticktick.testUser().tasks()).toHaveLength(120);
});

test('a batch that never arrived is not told from one that did until ids are known to be kept', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  sandbox.faults.inject({ kind: 'reset', when: 'before' }, { operation: 'task.batch' });
  const outcomes = await client.tasks.createMany(titled(60));
  expect(outcomes.slice(0, 50).every(({ status }) => status === 'unknown')).toBe(true);
  expect(outcomes.slice(50).every(({ status }) => status === 'ok')).toBe(true);
  sandbox.faults.inject({ kind: 'reset', when: 'before' }, { operation: 'task.batch' });
  expect((await client.tasks.createMany(titled(3))).every(({ status }) => status === 'ok')).toBe(true);
  expect(sandbox.ticktick.testUser().tasks()).toHaveLength(13);
});

test('an answer lost where the service assigns ids stays unknown, and nothing is doubled', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty', ticktick: { proposedIds: 'assign' } });
  sandbox.faults.inject({ kind: 'cut-body' }, { operation: 'task.batch' });
  const outcomes = await client.tasks.createMany(titled(60));
  expect(outcomes.slice(0, 50).every(({ status }) => status === 'unknown')).toBe(true);
  expect(outcomes.slice(50).every(({ status }) => status === 'ok')).toBe(true);
  expect(sandbox.ticktick.testUser().tasks()).toHaveLength(60);
});

test('tasks that are alike in everything get ids of their own', async () => {
  const { client } = await server.start({ seed: 'empty', ticktick: { proposedIds: 'assign' } });
  const outcomes = await client.tasks.createMany(
    Array.from({ length: 5 }, () => ({ title: 'same', dueDate: new Date() })),
  );
  expect(new Set(outcomes.map((outcome) => (outcome.status === 'ok' ? outcome.id : 'x'))).size).toBe(5);
});

test('an abort keeps what is done, and the rest is failed', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const controller = new AbortController();
  const outcomes = await client.tasks.createMany(titled(150), {
    signal: controller.signal,
    onProgress: ({ done }) => done === 50 && controller.abort(),
  });
  expect(outcomes.slice(0, 50).every(({ status }) => status === 'ok')).toBe(true);
  expect(
    outcomes.slice(50).every((outcome) => outcome.status === 'failed' && outcome.error.code === 'aborted'),
  ).toBe(true);
  expect(sandbox.ticktick.testUser().tasks()).toHaveLength(50);
});

test('an abort while a request is out leaves its tasks unknown', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const client = directClient(sandbox);
  sandbox.faults.inject({ kind: 'latency', ms: 60_000 }, { operation: 'task.batch' });
  const controller = new AbortController();
  const created = client.tasks.createMany(titled(60), { signal: controller.signal });
  await expect.poll(() => sandbox.requests.length).toBe(1);
  controller.abort();
  const outcomes = await created;
  expect(outcomes.slice(0, 50).every(({ status }) => status === 'unknown')).toBe(true);
  expect(outcomes.slice(50).every(({ status }) => status === 'failed')).toBe(true);
});

test('once the user has to sign in again the rest is not sent', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const client = new TickTickClient({ auth: 'not-a-token', limits: [] });
  const outcomes = await client.tasks.createMany(titled(200));
  expect(
    outcomes.every(
      (outcome) => outcome.status === 'failed' && outcome.error.code === 'reauthorization_required',
    ),
  ).toBe(true);
  expect(sandbox.requests.filter(({ method }) => method !== 'GET')).toHaveLength(1);
});

test('3: tasks that the service refuses under ids of its own are failed, with their codes', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty', ticktick: { proposedIds: 'assign' } });
  const projectId = '0123456789abcdef01234567';
  const mixed = await client.tasks.createMany([
    { title: 'a', projectId },
    { title: 'b' },
    { title: 'c', projectId },
  ]);
  expect(mixed.map(({ status }) => status)).toEqual(['failed', 'ok', 'failed']);
  expect(mixed[0]).toMatchObject({ error: { serviceCode: 'NO_PROJECT_PERMISSION' } });
  sandbox.clearRequests();
  const [refused] = await client.tasks.createMany([{ title: 'd', projectId }]);
  expect(refused).toMatchObject({ status: 'failed', error: { serviceCode: 'NO_PROJECT_PERMISSION' } });
  expect(sandbox.requests.map(({ operation }) => operation)).toEqual(['task.batch']);
  expect(sandbox.ticktick.testUser().tasks()).toHaveLength(1);
});
