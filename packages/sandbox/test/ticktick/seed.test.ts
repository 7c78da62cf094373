import { describe, expect, it } from 'vitest';
import { stillSandbox } from '../support.ts';
import { apiOf } from './support.ts';

describe('the demo seed', () => {
  const { ticktick } = stillSandbox({ seed: 'demo' });
  const device = ticktick.device();
  const tasks = device.tasks();
  const open = tasks.filter(({ status }) => status === 0);

  it('has at least 12 projects, one of notes, and more than 1,200 open tasks everywhere', () => {
    expect(device.projects().length).toBeGreaterThanOrEqual(12);
    expect(device.projects().filter(({ kind }) => kind === 'NOTE')).toHaveLength(1);
    expect(open.length).toBeGreaterThanOrEqual(1200);
    const projectIds = new Set(open.map(({ projectId }) => projectId));
    expect(projectIds).toEqual(new Set([device.inboxId, ...device.projects().map(({ id }) => id)]));
  });

  it.each([
    ['recurring tasks', (task: (typeof tasks)[number]) => task.repeatFlag !== undefined],
    ['all-day tasks', (task: (typeof tasks)[number]) => task.isAllDay],
    ['checklists', (task: (typeof tasks)[number]) => task.kind === 'CHECKLIST'],
    ['notes', (task: (typeof tasks)[number]) => task.kind === 'NOTE'],
    ['tags', (task: (typeof tasks)[number]) => task.tags !== undefined],
    ['reminders', (task: (typeof tasks)[number]) => task.reminders !== undefined],
    ['subtasks', (task: (typeof tasks)[number]) => task.parentId !== undefined],
    ['parents', (task: (typeof tasks)[number]) => task.childIds !== undefined],
    ['tasks in columns', (task: (typeof tasks)[number]) => task.columnName !== undefined],
    ['high priorities', (task: (typeof tasks)[number]) => task.priority === 5],
    ['completed tasks', (task: (typeof tasks)[number]) => task.status === 2],
    ['Chinese titles', (task: (typeof tasks)[number]) => /\p{Script=Han}/u.test(task.title)],
    ['Arabic titles', (task: (typeof tasks)[number]) => /\p{Script=Arabic}/u.test(task.title)],
    ['Hebrew titles', (task: (typeof tasks)[number]) => /\p{Script=Hebrew}/u.test(task.title)],
    ['emoji in titles', (task: (typeof tasks)[number]) => /\p{Extended_Pictographic}/u.test(task.title)],
  ])('has %s', (_, has) => {
    expect(tasks.filter(has).length).toBeGreaterThan(10);
  });

  it('has all-day tasks in several zones, each at midnight there', () => {
    const allDay = tasks.filter(({ isAllDay }) => isAllDay);
    expect(new Set(allDay.map(({ timeZone }) => timeZone)).size).toBeGreaterThan(3);
    for (const { startDate = '', timeZone } of allDay) {
      const time = new Date(startDate.replace('+0000', 'Z')).toLocaleTimeString('en-GB', { timeZone });
      expect(time).toBe('00:00:00');
    }
  });

  it('is the same every time, and another one in the other region', () => {
    const again = stillSandbox({ seed: 'demo' });
    expect(again.ticktick.device().tasks()).toEqual(tasks);
    expect(again.dida365.device().tasks()[0]?.id).not.toBe(tasks[0]?.id);
  });

  it('gives every task an id of its own', () => {
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
  });
});

describe('a number as seed', () => {
  it.each([1, 150, 1003])('gives that many open tasks over a few projects: %d', async (seed) => {
    const sandbox = stillSandbox({ seed });
    const device = sandbox.ticktick.device();
    expect(device.tasks()).toHaveLength(seed);
    expect(device.projects()).toHaveLength(3);
    const { json } = await apiOf(sandbox)('POST /task/filter', { status: [0] });
    expect(json).toHaveLength(Math.min(seed, 200));
  });
});

describe('another device', () => {
  it('moves, completes and deletes; what it does not know is an error', () => {
    const device = stillSandbox({ seed: 'empty' }).ticktick.device();
    const { id: projectId } = device.createProject({ name: 'P' });
    const { id } = device.createTask({ title: 'x' });
    device.moveTask(id, projectId);
    expect(device.task(id)).toMatchObject({ projectId });
    device.deleteTask(id);
    expect(device.tasks()).toEqual([]);
    expect(device.task(id)).toMatchObject({ id });
    expect(device.task('nothing')).toBeUndefined();
    expect(() => device.completeTask('nothing')).toThrow(RangeError);
    device.deleteProject(projectId);
    expect(device.projects()).toEqual([]);
  });
});
