import { memoryStore } from '@context-sdk/oauth-core';
import type { Sandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import { directClient, useSandbox } from '../support/use-sandbox.ts';

const server = useSandbox();
const HOUR_MS = 3_600_000;
const DAILY = { dueDate: '2026-11-22T08:00:00+0000', repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1' };

function follow(sandbox: Sandbox) {
  const client = directClient(sandbox);
  const store = memoryStore();
  return async (): Promise<string[]> => {
    const { events, acknowledge } = await client.changes.poll({ store, key: 'k' });
    await acknowledge();
    return events.flatMap((event) =>
      event.type === 'task.completed' ? [`${event.data.title} of ${event.recurringTaskId ?? 'none'}`] : [],
    );
  };
}

/** Completed this long ago, offline, after the task was polled for the last time. */
test.each([1, 5, 30, 24 * 20])('18.8: a completion that arrives %i hours late is reported', async (hours) => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const at = Date.now() - hours * HOUR_MS;
  const dueDate = new Date(at).toISOString().replace('Z', '+0000');
  const { id } = phone.createTask({ title: 'x', ...DAILY, dueDate });
  const poll = follow(sandbox);
  await poll();
  phone.completeTask(id, new Date(at - HOUR_MS / 2));
  expect(await poll()).toEqual([`x of ${id}`]);
  expect(await poll()).toEqual([]);
});

test('18.8: one that was not due for days, done early and offline, is reported', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const dueDate = new Date(Date.now() + 5 * 24 * HOUR_MS).toISOString().replace('Z', '+0000');
  const { id } = phone.createTask({ title: 'x', ...DAILY, dueDate });
  const poll = follow(sandbox);
  await poll();
  phone.completeTask(id, new Date(Date.now() - 7 * HOUR_MS));
  expect(await poll()).toEqual([`x of ${id}`]);
});

test.each<
  [name: string, change: { title?: string; priority?: number; repeatFlag?: string }, when: 'before' | 'after']
>([
  ['renamed after it', { title: 'y' }, 'after'],
  ['renamed before it', { title: 'y' }, 'before'],
  ['given another rule after it', { repeatFlag: 'RRULE:FREQ=WEEKLY;INTERVAL=1' }, 'after'],
])('18.8: the completion of a task that was %s is reported', async (_name, change, when) => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const { id } = phone.createTask({ title: 'x', ...DAILY });
  const poll = follow(sandbox);
  await poll();
  if (when === 'before') phone.updateTask(id, change);
  phone.completeTask(id);
  if (when === 'after') phone.updateTask(id, change);
  expect(await poll()).toEqual([`${when === 'before' ? 'y' : 'x'} of ${id}`]);
});

test('18.8: renamed twice, it is recognized by rule and date', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const { id } = phone.createTask({ title: 'x', ...DAILY });
  const other = phone.createTask({ title: 'other', ...DAILY });
  const poll = follow(sandbox);
  await poll();
  phone.updateTask(id, { title: 'y' });
  phone.completeTask(id);
  phone.updateTask(id, { title: 'z' });
  phone.completeTask(other.id);
  expect((await poll()).toSorted()).toEqual([`other of ${other.id}`, `y of ${id}`]);
});

test('18.8: a rule can hang on the start, and several occurrences can be done at once', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const { dueDate: startDate, repeatFlag } = DAILY;
  const { id } = phone.createTask({ title: 'x', startDate, repeatFlag });
  const poll = follow(sandbox);
  await poll();
  phone.completeTask(id);
  phone.completeTask(id);
  expect(await poll()).toEqual([`x of ${id}`, `x of ${id}`]);
});

test('18.8: one occurrence done now and one offline hours ago are both reported', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const { id } = phone.createTask({ title: 'x', ...DAILY });
  const poll = follow(sandbox);
  await poll();
  phone.completeTask(id);
  phone.completeTask(id, new Date(Date.now() - 6 * HOUR_MS));
  expect(await poll()).toEqual([`x of ${id}`, `x of ${id}`]);
  expect(await poll()).toEqual([]);
});

test('18.8: several occurrences done under several titles are all reported', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const { id } = phone.createTask({ title: 'a', ...DAILY });
  const poll = follow(sandbox);
  await poll();
  const stranger = phone.createTask({ title: 'stranger', ...DAILY });
  phone.completeTask(stranger.id);
  for (const title of ['b', 'c', 'd']) {
    phone.completeTask(id);
    phone.updateTask(id, { title });
  }
  expect((await poll()).toSorted()).toEqual([`a of ${id}`, `b of ${id}`, `c of ${id}`]);
  expect(await poll()).toEqual([]);
});

test('18.8: of two projects with one title, the right task is named', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const ids = ['A', 'B'].map((name) => {
    const projectId = phone.createProject({ name }).id;
    return phone.createTask({ title: 'x', projectId, ...DAILY }).id;
  });
  const poll = follow(sandbox);
  await poll();
  // The other one is only postponed.
  phone.updateTask(ids[0] ?? '', {
    startDate: '2026-11-25T08:00:00+0000',
    dueDate: '2026-11-25T08:00:00+0000',
  });
  phone.completeTask(ids[1] ?? '');
  expect(await poll()).toEqual([`x of ${ids[1]}`]);
});

test('18.8: from completion, the next date can be earlier; a new date alone completes nothing', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const soon = new Date(Date.now() + 100 * 24 * HOUR_MS).toISOString().replace('Z', '+0000');
  const { id } = phone.createTask({ title: 'x', ...DAILY, dueDate: soon, repeatFrom: '1' });
  const other = phone.createTask({ title: 'y', ...DAILY });
  const poll = follow(sandbox);
  await poll();
  phone.completeTask(id);
  phone.updateTask(other.id, { startDate: '2026-11-25T08:00:00+0000', dueDate: '2026-11-25T08:00:00+0000' });
  expect(await poll()).toEqual([`x of ${id}`]);
});

test('18.8: a task that was open is no copy of another one with its title, rule and date', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const last = phone.createTask({ title: 'x', ...DAILY, repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1;COUNT=1' });
  const { id } = phone.createTask({ title: 'x', ...DAILY });
  const poll = follow(sandbox);
  await poll();
  phone.completeTask(last.id);
  phone.completeTask(id);
  expect((await poll()).toSorted()).toEqual([`x of ${id}`, 'x of none'].toSorted());
});

test('18.8: the occurrences before the last one are reported, too, if all are done at once', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const { id } = phone.createTask({ title: 'x', ...DAILY, repeatFlag: 'RRULE:FREQ=DAILY;COUNT=3' });
  const poll = follow(sandbox);
  await poll();
  for (let times = 3; times > 0; times -= 1) phone.completeTask(id);
  expect(await poll()).toEqual([`x of ${id}`, `x of ${id}`, 'x of none']);
  expect(await poll()).toEqual([]);
});

test('18.8: an occurrence that was done before its task was deleted is reported', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const { id } = phone.createTask({ title: 'x', ...DAILY });
  const poll = follow(sandbox);
  await poll();
  phone.completeTask(id);
  phone.deleteTask(id);
  expect(await poll()).toEqual([`x of ${id}`]);
  expect(await poll()).toEqual([]);
});

test.each(['morning first', 'evening first'])(
  '18.8: of two tasks that differ in their time alone, the right one is named: %s',
  async (order) => {
    const { sandbox } = await server.start({ seed: 'empty' });
    const phone = sandbox.ticktick.testUser();
    const times = ['2026-11-22T08:00:00+0000', '2026-11-22T20:00:00+0000'];
    const dates = order === 'morning first' ? times : times.toReversed();
    const tasks = dates.map((dueDate) => phone.createTask({ title: 'Pill', ...DAILY, dueDate }));
    const client = directClient(sandbox);
    const store = memoryStore();
    const poll = async () => {
      const { events, acknowledge } = await client.changes.poll({ store, key: 'k', only: ['completed'] });
      await acknowledge();
      return events.flatMap((event) =>
        event.type === 'task.completed' ? [`${event.recurringTaskId} ${event.data.dueDate}`] : [],
      );
    };
    await poll();
    for (const { id } of tasks) phone.completeTask(id);
    expect((await poll()).toSorted()).toEqual(tasks.map(({ id, dueDate }) => `${id} ${dueDate}`).toSorted());
    expect(await poll()).toEqual([]);
  },
);

test.each([
  ['an earlier time', { dueDate: '2026-11-22T06:00:00+0000', startDate: '2026-11-22T06:00:00+0000' }],
  ['an earlier day', { dueDate: '2026-11-20T08:00:00+0000', startDate: '2026-11-20T08:00:00+0000' }],
])('18.8: moved to %s, and done then, it is reported', async (_name, dates) => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const { id } = phone.createTask({ title: 'x', ...DAILY });
  const poll = follow(sandbox);
  await poll();
  phone.updateTask(id, dates);
  phone.completeTask(id);
  expect(await poll()).toEqual([`x of ${id}`]);
  expect(await poll()).toEqual([]);
});

test('18.8: what was done of a task before the feed began is not reported when it is moved', async () => {
  const { sandbox } = await server.start({ seed: 'empty' });
  const phone = sandbox.ticktick.testUser();
  const { id } = phone.createTask({ title: 'x', ...DAILY });
  phone.completeTask(id, new Date(Date.now() - HOUR_MS));
  const poll = follow(sandbox);
  await poll();
  phone.updateTask(id, { dueDate: '2026-11-30T08:00:00+0000', startDate: '2026-11-30T08:00:00+0000' });
  expect(await poll()).toEqual([]);
});
