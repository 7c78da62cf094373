import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

/** A Monday, before work. */
const NOW = new Date('2027-03-01T07:00:00+01:00');
const WEEK = { from: '2027-03-01T00:00:00+01:00', to: '2027-03-06T00:00:00+01:00' };
const OFFICE = [['10:00', '17:00']] as const;
const ALWAYS = [['00:00', '24:00']] as const;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

test.each([
  [60, '10:00'],
  [120, '10:00'],
  [180, '13:00'],
])(
  '23.3: %d minutes with hours of their own stay in the plan’s, outside of lunch, when their task moves',
  async (durationMinutes, clock) => {
    const { sandbox, connectedUser } = startContext();
    const user = await connectedUser();
    const phone = sandbox.ticktick.testUser();
    const { id, projectId, title } = phone.createTask({ title: 'Report' });
    const plan = await user.plan({
      tasks: [
        { id, projectId, title, durationMinutes, splittable: false, hours: { mon: ALWAYS, tue: ALWAYS } },
      ],
      within: WEEK,
      workingHours: { mon: OFFICE, tue: OFFICE },
      lunch: ['12:00', '13:00'],
    });
    await user.apply(plan);
    const dates = { startDate: '2027-03-01T23:00:00.000+0000', dueDate: '2027-03-02T22:00:00.000+0000' };
    phone.updateTask(id, { ...dates, timeZone: 'Europe/Berlin' });
    expect(await user.followTask({ id, projectId })).toMatchObject({ did: 'updated' });
    const starts = sandbox.google
      .testUser()
      .calendar.events()
      .map(({ start }) => start);
    expect(starts).toMatchObject([{ dateTime: expect.stringContaining(`2027-03-02T${clock}`) }]);
  },
);
