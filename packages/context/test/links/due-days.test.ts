import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { NOW, openLinks } from './open-links.ts';

const DUE = 'Microsoft.VSTS.Scheduling.DueDate';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

/** A task and its work item, whose due dates follow each other. */
async function openDue(dates: object) {
  const { user, tickTick, board, project, later, started } = await openLinks({
    links: { create: 'always', rules: { due: 'merge' } },
  });
  const { id, projectId, title } = tickTick.createTask({ title: 'Report', ...dates });
  await later();
  const item = await user.createWorkItem({ id, projectId, title }, { project });
  await later();
  const sync = async () => await user.links.sync(id);
  await sync();
  const due = (): unknown => board.get(item.id)?.fields[DUE];
  return { user, tickTick, board, id, itemId: item.id, due, sync, sandbox: started.sandbox };
}

/** Eight in the evening in New York, which is the next day in UTC. */
const EVENING = '2027-03-03T01:00:00.000+0000';
const MIDNIGHT = '2027-03-03T05:00:00.000+0000';
const NEW_YORK = { timeZone: 'America/New_York' };

describe('23.links: the evening before, west of UTC', () => {
  test('a task that is moved to the next day, for all of it, moves its item', async () => {
    const { tickTick, id, due, sync } = await openDue({ dueDate: EVENING, ...NEW_YORK });
    expect(due()).toBe('2027-03-03T01:00:00Z');
    tickTick.updateTask(id, { startDate: MIDNIGHT, dueDate: MIDNIGHT, isAllDay: true });
    expect(await sync()).toMatchObject({ writes: 1, link: { values: { due: '2027-03-03' } } });
    expect(due()).toBe('2027-03-03T00:00:00Z');
    expect(await sync()).toMatchObject({ writes: 0 });
  });

  test('a task of a day that gets a time on the evening before moves its item', async () => {
    const { tickTick, id, due, sync } = await openDue({
      startDate: MIDNIGHT,
      dueDate: MIDNIGHT,
      isAllDay: true,
      ...NEW_YORK,
    });
    expect(due()).toBe('2027-03-03T00:00:00Z');
    tickTick.updateTask(id, { startDate: EVENING, dueDate: EVENING, isAllDay: false });
    expect(await sync()).toMatchObject({ writes: 1 });
    expect(due()).toBe('2027-03-03T01:00:00Z');
    expect(await sync()).toMatchObject({ writes: 0 });
  });

  test('an item that is moved to the next day moves its task, which keeps its time', async () => {
    const { tickTick, board, id, itemId, due, sync } = await openDue({ dueDate: EVENING, ...NEW_YORK });
    board.update(itemId, { [DUE]: '2027-03-03T00:00:00Z' });
    expect(await sync()).toMatchObject({ writes: 1 });
    expect(tickTick.task(id)).toMatchObject({ dueDate: '2027-03-04T01:00:00.000+0000' });
    expect(await sync()).toMatchObject({ writes: 0, link: { conflicts: [] } });
    expect(due()).toBe('2027-03-03T00:00:00Z');
  });

  test('a day whose write was lost is no edit of somebody’s', async () => {
    const { tickTick, board, id, itemId, due, sync, sandbox } = await openDue({
      dueDate: EVENING,
      ...NEW_YORK,
    });
    board.update(itemId, { [DUE]: '2027-03-09T00:00:00Z' });
    sandbox.faults.inject({ kind: 'reset', when: 'after' }, { operation: 'task.update', times: 4 });
    await sync();
    sandbox.faults.clear();
    expect(tickTick.task(id)).toMatchObject({ dueDate: '2027-03-10T01:00:00.000+0000' });
    await sync();
    expect(await sync()).toMatchObject({ writes: 0, link: { conflicts: [] } });
    expect(due()).toBe('2027-03-09T00:00:00Z');
  });
});

test('23.links: the same day, saved as a midnight of a colleague’s zone, gives a task of that day no time', async () => {
  const { tickTick, board, id, itemId, sync } = await openDue({
    startDate: '2027-03-03T23:00:00.000+0000',
    dueDate: '2027-03-03T23:00:00.000+0000',
    isAllDay: true,
    timeZone: 'Europe/Berlin',
  });
  board.update(itemId, { [DUE]: '2027-03-04T05:00:00Z' });
  expect(await sync()).toMatchObject({ writes: 0 });
  expect(tickTick.task(id)).toMatchObject({ isAllDay: true });
});

test('23.links: an item that is moved to another day moves a task of several days as a whole', async () => {
  const { tickTick, board, id, itemId, due, sync } = await openDue({
    startDate: '2027-03-03T23:00:00.000+0000',
    dueDate: '2027-03-06T23:00:00.000+0000',
    isAllDay: true,
    timeZone: 'Europe/Berlin',
  });
  expect(tickTick.shownDays(id)).toEqual({ first: '2027-03-04', last: '2027-03-06' });
  expect(due()).toBe('2027-03-06T00:00:00Z');
  board.update(itemId, { [DUE]: '2027-03-29T00:00:00Z' });
  expect(await sync()).toMatchObject({ writes: 1 });
  // The clocks change in between.
  expect(tickTick.shownDays(id)).toEqual({ first: '2027-03-27', last: '2027-03-29' });
  expect(await sync()).toMatchObject({ writes: 0, link: { conflicts: [] } });
});
