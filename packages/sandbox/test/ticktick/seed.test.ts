import { describe, expect, test } from 'vitest';
import { stillSandbox } from '../support.ts';
import { apiOf } from './support.ts';

describe('the demo seed', () => {
  const { ticktick } = stillSandbox({ seed: 'demo' });
  const testUser = ticktick.testUser();
  const tasks = testUser.tasks();
  const open = tasks.filter(({ status }) => status === 0);

  test('has at least 12 projects, one of notes, and more than 1,200 open tasks everywhere', () => {
    expect(testUser.projects().length).toBeGreaterThanOrEqual(12);
    expect(testUser.projects().filter(({ kind }) => kind === 'NOTE')).toHaveLength(1);
    expect(open.length).toBeGreaterThanOrEqual(1200);
    const projectIds = new Set(open.map(({ projectId }) => projectId));
    expect(projectIds).toEqual(new Set([testUser.inboxId, ...testUser.projects().map(({ id }) => id)]));
  });

  test.each([
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

  test('has all-day tasks in several zones, each at midnight there', () => {
    const allDay = tasks.filter(({ isAllDay }) => isAllDay);
    expect(new Set(allDay.map(({ timeZone }) => timeZone)).size).toBeGreaterThan(3);
    for (const { startDate = '', timeZone } of allDay) {
      const time = new Date(startDate.replace('+0000', 'Z')).toLocaleTimeString('en-GB', { timeZone });
      expect(time).toBe('00:00:00');
    }
  });

  test('is the same every time, and another one in the other region', () => {
    const again = stillSandbox({ seed: 'demo' });
    expect(again.ticktick.testUser().tasks()).toEqual(tasks);
    expect(again.dida365.testUser().tasks()[0]?.id).not.toBe(tasks[0]?.id);
  });

  test('gives every task an id of its own', () => {
    expect(new Set(tasks.map(({ id }) => id)).size).toBe(tasks.length);
  });
});

describe('a number as seed', () => {
  test.each([1, 150, 1003])('gives that many open tasks over a few projects: %d', async (seed) => {
    const sandbox = stillSandbox({ seed });
    const testUser = sandbox.ticktick.testUser();
    expect(testUser.tasks()).toHaveLength(seed);
    expect(testUser.projects()).toHaveLength(3);
    const { json } = await apiOf(sandbox)('POST /task/filter', { status: [0] });
    expect(json).toHaveLength(Math.min(seed, 200));
  });
});

describe('the test user', () => {
  test('moves, completes and deletes; what it does not know is an error', () => {
    const testUser = stillSandbox({ seed: 'empty' }).ticktick.testUser();
    const { id: projectId } = testUser.createProject({ name: 'P' });
    const { id } = testUser.createTask({ title: 'x' });
    testUser.moveTask(id, projectId);
    expect(testUser.task(id)).toMatchObject({ projectId });
    testUser.deleteTask(id);
    expect(testUser.tasks()).toEqual([]);
    expect(testUser.task(id)).toMatchObject({ id });
    expect(testUser.task('nothing')).toBeUndefined();
    expect(() => testUser.completeTask('nothing')).toThrow(RangeError);
    testUser.deleteProject(projectId);
    expect(testUser.projects()).toEqual([]);
  });
});
