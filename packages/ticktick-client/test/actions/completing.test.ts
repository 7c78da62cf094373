import { InvalidRequestError } from '@context-sdk/oauth-core';
import type { Fault } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { taskDueDate } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { clientOf, UNKNOWN_ID } from '../resources/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();

const DAILY = {
  dueDate: '2026-11-22T09:00:00+0000',
  timeZone: 'UTC',
  repeatFlag: 'RRULE:FREQ=DAILY;COUNT=2',
};

test('18.recurrence: complete tells the next date, and none after the last one', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const { id } = sandbox.ticktick.testUser().createTask({ title: 'x', ...DAILY });
  const { advancedTo } = await client.tasks.complete(id);
  expect(advancedTo && taskDueDate(advancedTo)).toEqual(new Date('2026-11-23T09:00:00Z'));
  expect(await client.tasks.complete(id)).toEqual({});
  expect(
    sandbox.ticktick
      .testUser()
      .tasks()
      .every(({ status }) => status === 2),
  ).toBe(true);
});

test('18.recurrence: a completion stands though the look afterwards fails', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const task = await client.tasks.create({
    title: 'x',
    dueDate: new Date('2026-11-22T09:00:00Z'),
    repeatFlag: DAILY.repeatFlag,
  });
  sandbox.faults.inject({ kind: 'status', status: 403 }, { operation: 'task.get' });
  expect(await client.tasks.complete(task)).toBeTypeOf('object');
  expect(sandbox.ticktick.testUser().tasks()).toHaveLength(2);
});

test('18.recurrence: skip moves to the next date without completing, and counts down', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const { id } = user.createTask({ title: 'x', ...DAILY });
  expect(await client.tasks.skip(id)).toMatchObject({
    dueDate: '2026-11-23T09:00:00.000+0000',
    repeatFlag: 'RRULE:FREQ=DAILY;COUNT=1',
  });
  expect(await failure(client.tasks.skip(id))).toMatchObject({ field: 'repeatFlag' });
  expect(user.tasks()).toHaveLength(1);
});

test('18.recurrence: skip keeps a rule in the letters that it has, and ends with it', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const skipped = async (repeatFlag: string) =>
    await client.tasks.skip(user.createTask({ title: 'x', ...DAILY, repeatFlag }));
  expect((await skipped('rrule:freq=daily;count=3')).repeatFlag).toBe('rrule:freq=daily;count=2');
  const dates = 'ERULE:NAME=CUSTOM;BYDATE=20261101,20261124';
  expect(await skipped(dates)).toMatchObject({ repeatFlag: dates, dueDate: '2026-11-24T09:00:00.000+0000' });
  for (const rule of ['RRULE:FREQ=DAILY;UNTIL=20261122', 'ERULE:NAME=CUSTOM;BYDATE=20261101'])
    expect(await failure(skipped(rule))).toMatchObject({ field: 'repeatFlag' });
});

test('18.recurrence: skip refuses what doesn’t recur, and what only TickTick can calculate', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const once = user.createTask({ title: 'x', dueDate: DAILY.dueDate });
  const curve = user.createTask({ title: 'x', ...DAILY, repeatFlag: 'ERULE:NAME=FORGETTINGCURVE;CYCLE=0' });
  for (const task of [once, curve])
    expect(await failure(client.tasks.skip(task))).toBeInstanceOf(InvalidRequestError);
});

test('18.wont-do: abandon puts a task where the app lists it, and reopen takes it back', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const task = user.createTask({ title: 'x' });
  expect(await client.tasks.abandon(task)).toMatchObject({ status: -1 });
  expect(user.wontDo()).toMatchObject([{ id: task.id }]);
  expect(await client.tasks.reopen(task)).toMatchObject({ status: 0 });
  expect(await client.tasks.listOpen().toArray()).toHaveLength(1);
});

test('18.wont-do: completed tasks are imported with their time, alone and in bulk', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const completedTime = '2024-02-29T12:00:00Z';
  expect(await client.tasks.create({ title: 'one', completedTime })).toMatchObject({ status: 2 });
  const outcomes = await client.tasks.createMany([{ title: 'two', completedTime }, { title: 'three' }]);
  expect(outcomes.map(({ status }) => status)).toEqual(['ok', 'ok']);
  const done = await client.tasks.listCompleted({ from: completedTime, to: completedTime }).toArray();
  expect(done.map(({ title }) => title).toSorted()).toEqual(['one', 'two']);
  expect(
    sandbox.ticktick
      .testUser()
      .tasks()
      .filter(({ status }) => status === 0),
  ).toHaveLength(1);
});

test('18.wont-do: an import whose completion fails tells the task that was created', async () => {
  const created = { id: UNKNOWN_ID, projectId: 'inbox1', title: 'x', status: 0 };
  const client = clientOf(({ url }) =>
    url.endsWith('/task') ? Response.json(created) : new Response('', { status: 503 }),
  );
  await expect(
    client.tasks.create({ title: 'x', completedTime: '2024-02-29T12:00:00Z' }),
  ).rejects.toMatchObject({
    code: 'api_error',
    retryable: false,
    details: { created },
    cause: { code: 'service_unavailable' },
  });
});

test('18.wont-do: an import in bulk whose response is lost is settled, whoever assigns the ids', async () => {
  for (const proposedIds of ['keep', 'assign'] as const) {
    const { sandbox, client } = await server.start({ seed: 'empty', ticktick: { proposedIds } });
    sandbox.faults.inject({ kind: 'reset', when: 'after' });
    const [outcome] = await client.tasks.createMany([{ title: 'x', completedTime: '2024-02-29T12:00:00Z' }]);
    expect(outcome?.status).toBe(proposedIds === 'keep' ? 'ok' : 'unknown');
    expect(sandbox.ticktick.testUser().tasks()).toHaveLength(1);
  }
});

test('18.verified: complete, delete and move say what is', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const project = user.createProject({ name: 'P' });
  const make = () => user.createTask({ title: 'x' });
  const verify = true;
  expect((await client.tasks.complete(make(), { verify })).found).toMatchObject({ state: 'completed' });
  expect(await client.tasks.delete(make(), { verify })).toEqual({ state: 'deleted' });
  expect((await client.tasks.move(make(), project.id, { verify })).found).toMatchObject({
    state: 'open',
    task: { projectId: project.id },
  });
  const done = make();
  user.completeTask(done.id);
  expect(await client.tasks.delete(done, { verify })).toEqual({ state: 'deleted' });
  const gone = { id: UNKNOWN_ID, projectId: user.inboxId };
  expect(await client.tasks.delete(gone, { verify })).toEqual({ state: 'deleted' });
  const recurring = user.createTask({ title: 'x', ...DAILY });
  expect(await client.tasks.complete(recurring, { verify })).toMatchObject({
    advancedTo: { dueDate: '2026-11-23T09:00:00.000+0000' },
    found: { state: 'open' },
  });
});

test('18.verified: success that TickTick reports for nothing is seen', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const project = user.createProject({ name: 'P' });
  const task = user.createTask({ title: 'x' });
  user.moveTask(task.id, project.id);
  // The host still has the old project.
  expect((await client.tasks.complete(task, { verify: true })).found).toEqual({ state: 'deleted' });
  expect(user.task(task.id)).toMatchObject({ status: 0 });
});

test('18.verified: a lost response is looked up; without a look it is thrown', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const [one, two] = [user.createTask({ title: 'x' }), user.createTask({ title: 'y' })];
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  expect((await client.tasks.complete(one, { verify: true })).found).toMatchObject({ state: 'completed' });
  sandbox.faults.inject({ kind: 'reset', when: 'after' });
  expect(await failure(client.tasks.complete(two))).toMatchObject({ code: 'network' });
});

test.each<Fault>([
  { kind: 'status', status: 500, when: 'after', body: { errorCode: 'unknown_exception' } },
  { kind: 'status', status: 501, when: 'after' },
  { kind: 'page', status: 200, when: 'after' },
])('18.6: %j after the work: a verified write looks', async (fault) => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const project = user.createProject({ name: 'P' });
  const task = user.createTask({ title: 'x' });
  const verify = true;
  const lost = (method: string) => sandbox.faults.inject(fault, { method, times: 1 });
  lost('POST');
  expect((await client.tasks.move(task, project.id, { verify })).found).toMatchObject({ state: 'open' });
  const moved = { id: task.id, projectId: project.id };
  lost('POST');
  expect((await client.tasks.complete(moved, { verify })).found).toMatchObject({ state: 'completed' });
  lost('DELETE');
  expect(await client.tasks.delete(moved, { verify })).toEqual({ state: 'deleted' });
});

test('18.verified: what can’t be read is unknown', async () => {
  const { sandbox, client } = await server.start({ seed: 'empty' });
  const user = sandbox.ticktick.testUser();
  const project = user.createProject({ name: 'P' });
  const task = user.createTask({ title: 'x', projectId: project.id });
  user.leaveProject(project.id, 'forbidden');
  expect(await failure(client.tasks.delete(task, { verify: true }))).toMatchObject({ status: 403 });
});
