import { describe, expect, test } from 'vitest';
import { setUp } from './support.ts';

describe('completing a recurring task', () => {
  test('moves the same id on and leaves a completed copy with a new id', async () => {
    const { api, testUser } = setUp();
    const task = testUser.createTask({
      title: 'Water the roses',
      dueDate: '2026-11-22T09:00:00+0000',
      repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=2',
      items: [{ title: 'can', status: 1 }],
    });
    await api(`POST /project/inbox/task/${task.id}/complete`);
    const [copy, ...more] = testUser.tasks().filter(({ id }) => id !== task.id);
    expect(more).toEqual([]);
    expect(testUser.task(task.id)).toMatchObject({
      status: 0,
      startDate: '2026-11-24T09:00:00.000+0000',
      dueDate: '2026-11-24T09:00:00.000+0000',
      items: [{ status: 0 }],
    });
    expect(testUser.task(task.id)?.etag).not.toBe(task.etag);
    expect(copy).toMatchObject({
      status: 2,
      title: 'Water the roses',
      dueDate: '2026-11-22T09:00:00.000+0000',
      completedTime: '2026-11-22T10:00:00.000+0000',
    });
    expect(copy).toHaveProperty('repeatFlag');
  });

  test.each([
    [
      'FREQ=DAILY over the end of summer time',
      'RRULE:FREQ=DAILY;INTERVAL=1',
      '2026-10-24T22:00:00',
      '2026-10-25T23:00:00',
    ],
    ['FREQ=WEEKLY', 'RRULE:FREQ=WEEKLY;INTERVAL=1', '2026-11-22T08:00:00', '2026-11-29T08:00:00'],
    ['FREQ=MONTHLY', 'RRULE:FREQ=MONTHLY;INTERVAL=1', '2026-11-22T08:00:00', '2026-12-22T08:00:00'],
    [
      'the 31st, in months that have one',
      'RRULE:FREQ=MONTHLY;INTERVAL=1',
      '2026-08-30T22:00:00',
      '2026-10-30T23:00:00',
    ],
    [
      'FREQ=YEARLY on a leap day',
      'RRULE:FREQ=YEARLY;INTERVAL=1',
      '2024-02-29T08:00:00',
      '2028-02-29T08:00:00',
    ],
  ])('keeps the day and the time of its zone: %s', async (_, repeatFlag, from, to) => {
    const { testUser } = setUp();
    const fields = { dueDate: `${from}+0000`, timeZone: 'Europe/Berlin', repeatFlag };
    const { id } = testUser.createTask({ title: 'x', ...fields });
    testUser.completeTask(id);
    expect(testUser.task(id)?.dueDate).toBe(`${to}.000+0000`);
  });

  test.each([
    ['RRULE:FREQ=WEEKLY;BYDAY=MO,TH', '2026-11-23T09:00:00.000+0000'],
    // The 22nd is a Sunday: the last day of a week, or the first.
    ['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,WE', '2026-12-02T09:00:00.000+0000'],
    ['RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,WE', '2026-11-25T09:00:00.000+0000'],
    ['RRULE:FREQ=MONTHLY;BYDAY=-1FR', '2026-11-27T09:00:00.000+0000'],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=-1', '2026-11-30T09:00:00.000+0000'],
    ['RRULE:FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8', '2027-03-08T09:00:00.000+0000'],
    ['ERULE:NAME=CUSTOM;BYDATE=20261120,20261224', '2026-12-24T09:00:00.000+0000'],
  ])('18.recurrence: follows %s', (repeatFlag, dueDate) => {
    const { testUser } = setUp();
    const fields = { dueDate: '2026-11-22T09:00:00+0000', timeZone: 'UTC', repeatFlag };
    const { id } = testUser.createTask({ title: 'x', ...fields });
    testUser.completeTask(id);
    expect(testUser.task(id)).toMatchObject({ status: 0, dueDate });
  });

  test('18.recurrence: COUNT counts down, and the last completion completes the task, as after UNTIL', () => {
    const { testUser } = setUp();
    const dates = { dueDate: '2026-11-22T09:00:00+0000', timeZone: 'UTC' };
    const twice = testUser.createTask({ title: 'x', ...dates, repeatFlag: 'RRULE:FREQ=DAILY;COUNT=2' });
    testUser.completeTask(twice.id);
    expect(testUser.task(twice.id)).toMatchObject({ status: 0, repeatFlag: 'RRULE:FREQ=DAILY;COUNT=1' });
    testUser.completeTask(twice.id);
    expect(testUser.task(twice.id)).toMatchObject({ status: 2 });
    const until = testUser.createTask({
      title: 'x',
      ...dates,
      repeatFlag: 'RRULE:FREQ=DAILY;UNTIL=20261123',
    });
    testUser.completeTask(until.id);
    expect(testUser.task(until.id)).toMatchObject({ status: 0, dueDate: '2026-11-23T09:00:00.000+0000' });
    testUser.completeTask(until.id);
    expect(testUser.task(until.id)).toMatchObject({ status: 2 });
  });

  test('counts from the completion where repeatFrom is "1"', async () => {
    const { testUser } = setUp();
    const fields = { dueDate: '2026-11-02T09:00:00+0000', repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1' };
    const { id } = testUser.createTask({ title: 'x', ...fields, repeatFrom: '1', timeZone: 'UTC' });
    testUser.completeTask(id);
    expect(testUser.task(id)?.dueDate).toBe('2026-11-23T09:00:00.000+0000');
  });

  test('just completes it where the rule is not understood', async () => {
    const { testUser } = setUp();
    const repeatFlag = 'ERULE:NAME=FORGETTINGCURVE;CYCLE=0';
    const { id } = testUser.createTask({ title: 'x', dueDate: '2026-11-02T09:00:00+0000', repeatFlag });
    testUser.completeTask(id);
    expect(testUser.task(id)).toMatchObject({ status: 2, repeatFlag });
  });
});
