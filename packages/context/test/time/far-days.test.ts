import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

/** A Monday. */
const NOW = new Date('2027-03-01T07:00:00Z');
const WEEK = { from: '2027-03-01T09:00:00Z', to: '2027-03-06T00:00:00Z' };

const LAST_DAY = '9999-12-31T00:00:00.000+0000';
const FIRST_DAY = '0000-01-01T00:00:00.000+0000';
const SOMEDAY = { id: 'someday', projectId: 'p1', title: 'Someday', isAllDay: true, timeZone: 'UTC' };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

describe('23.2: a task for the last day of the calendar, or the first', () => {
  test.for([
    [LAST_DAY, 'UTC'],
    [LAST_DAY, 'America/New_York'],
    [LAST_DAY, 'Pacific/Kiritimati'],
    [FIRST_DAY, 'UTC'],
    [FIRST_DAY, 'Pacific/Kiritimati'],
  ] as const)('due %s, in %s: is planned beside others, and gets time', async ([dueDate, timeZone]) => {
    const user = await startContext().connectedUser();
    const someday = { ...SOMEDAY, startDate: dueDate, dueDate };
    const plan = await user.plan({
      within: WEEK,
      timeZone,
      tasks: [someday, { id: 'other', projectId: 'p1', title: 'Other' }],
    });
    expect(plan.pieces.map(({ taskId }) => taskId).toSorted()).toEqual(['other', 'someday']);
    const { outcome } = await user.blockTime(someday, { within: WEEK, timeZone, durationMinutes: 60 });
    expect(outcome).toBe('created');
  });

  test('takes no other task along from an agenda', async () => {
    const { sandbox, connectedUser } = startContext();
    const user = await connectedUser();
    const phone = sandbox.ticktick.testUser();
    phone.createTask({ title: 'Then', isAllDay: true, dueDate: FIRST_DAY, timeZone: 'America/New_York' });
    phone.createTask({ title: 'Today', dueDate: '2027-03-01T13:00:00.000+0000', timeZone: 'UTC' });
    const agenda = await user.agenda({ ...WEEK, timeZone: 'Europe/Berlin' });
    expect(agenda.errors).toEqual({});
    expect(agenda.items.map(({ title }) => title)).toEqual(['Today']);
    expect(agenda.overdue.map(({ title }) => title)).toEqual(['Then']);
  });
});

test('23.1: a work item due in the last hour of the calendar, or the first, takes no other along', async () => {
  const { sandbox, connectedUser } = startContext();
  const user = await connectedUser();
  const client = await user.azureDevOps();
  const [project] = await client.projects.list().toArray();
  const assignedTo = sandbox.azureDevOps.people[0]?.uniqueName;
  const dues = {
    Someday: '9999-12-31T23:59:59Z',
    Then: '0000-01-01T01:00:00Z',
    Today: '2027-03-01T00:00:00Z',
  };
  for (const [title, due] of Object.entries(dues)) {
    const fields = { 'Microsoft.VSTS.Scheduling.DueDate': due };
    await client.workItems.create({ project: project?.name, type: 'Task', title, assignedTo, fields });
  }
  for (const timeZone of ['Asia/Tokyo', 'America/New_York']) {
    const agenda = await user.agenda({ ...WEEK, timeZone });
    expect(agenda.errors).toEqual({});
    expect(agenda.items.map(({ title }) => title)).toEqual(['Today']);
    expect(agenda.overdue.map(({ title }) => title)).toEqual(['Then']);
  }
});
