import type { PlanTask, User } from '@context-sdk/context';
import type { Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

/** A Monday at 08:00 in Berlin. */
const NOW = new Date('2027-03-01T08:00:00+01:00');
const WEEK = { from: '2027-03-01T00:00:00+01:00', to: '2027-03-06T00:00:00+01:00' };
const HOUR = { durationMinutes: 60, within: WEEK };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

interface Setting {
  user: User;
  phone: ReturnType<Sandbox['google']['testUser']>['calendar'];
  tickTick: ReturnType<Sandbox['ticktick']['testUser']>;
  times: () => string[];
}

async function open(): Promise<Setting> {
  const { sandbox, connectedUser } = startContext({ sandbox: { seed: 'empty' } });
  const user = await connectedUser();
  const phone = sandbox.google.testUser().calendar;
  const times = (): string[] =>
    phone
      .events()
      .filter(({ status }) => status === 'confirmed')
      .map(
        ({ summary, start }) => `${String(summary)} ${(start as { dateTime: string }).dateTime.slice(8, 16)}`,
      )
      .toSorted();
  return { user, phone, tickTick: sandbox.ticktick.testUser(), times };
}

function at(clock: string, day = 1): string {
  return `2027-03-0${day}T${clock}:00+01:00`;
}

function wire(clock: string, day = 1): string {
  return new Date(at(clock, day)).toISOString().replace('Z', '+0000');
}

function dated(day: number) {
  return { startDate: wire('10:00', day), dueDate: wire('18:00', day), timeZone: 'Europe/Berlin' };
}

const DAILY = 'RRULE:FREQ=DAILY';

describe('a task that recurs from some day on, or no more', () => {
  test('23.3: one that recurs now takes its block along: its title, and its end when that occurrence is done', async () => {
    const { user, tickTick, times } = await open();
    const { id, projectId } = tickTick.createTask({ title: 'Write', ...dated(2) });
    const task = await user.ticktick.tasks.get({ id, projectId });
    await user.blockTime(task, { ...HOUR, within: { ...WEEK, from: at('12:00') } });
    tickTick.updateTask(id, { title: 'Write daily', repeatFlag: DAILY, ...dated(2) });
    expect(await user.followTask({ id, projectId })).toMatchObject({ did: 'updated' });
    expect(times()).toEqual([expect.stringContaining('Write daily')]);
    await user.ticktick.tasks.complete({ id, projectId });
    expect(await user.followTask({ id, projectId })).toMatchObject({ did: 'freed', blocks: [] });
    expect(times()).toEqual([]);
  });

  test('23.1: of one that recurs no more, what was worked stays, and one block is left', async () => {
    const { user, tickTick, times } = await open();
    const { id, projectId } = tickTick.createTask({ title: 'Write', repeatFlag: DAILY, ...dated(1) });
    const read = async () => await user.ticktick.tasks.get({ id, projectId });
    await user.apply(await user.plan({ tasks: [await read()], within: { ...WEEK, to: at('00:00', 4) } }));
    const [monday = '', ...others] = times();
    expect(others).toHaveLength(2);
    vi.setSystemTime(new Date(at('19:00')));
    tickTick.updateTask(id, { title: 'Write', repeatFlag: '', ...dated(3) });
    await user.blockTime(await read(), HOUR);
    expect(times()).toHaveLength(2);
    expect(times()).toContain(monday);
  });
});

describe('a due time that the host gave', () => {
  async function planned(
    more: Partial<PlanTask>,
    dueDate?: string,
  ): Promise<Setting & { id: string; projectId: string }> {
    const setting = await open();
    const { user, tickTick, phone } = setting;
    phone.addEvent({ summary: 'Trip', start: { dateTime: at('00:00') }, end: { dateTime: at('20:00', 2) } });
    const { id, projectId } = tickTick.createTask({
      title: 'Write',
      ...(dueDate !== undefined && { dueDate }),
    });
    const task = await user.ticktick.tasks.get({ id, projectId });
    await user.apply(await user.plan({ tasks: [{ ...task, durationMinutes: 60, ...more }], within: WEEK }));
    return { ...setting, id, projectId };
  }

  test.each([
    ['later', wire('18:00', 2)],
    ['where the task has none', undefined],
  ])('23.3: %s: another title moves no block, and another date of the task does', async (_name, dueDate) => {
    const { user, tickTick, phone, times, id, projectId } = await planned({ due: at('18:00', 5) }, dueDate);
    expect(times()).toContain('Write 03T08:00');
    const [trip] = phone.events();
    phone.deleteEvent(trip?.id ?? '');
    tickTick.updateTask(id, { title: 'Write it up', ...(dueDate !== undefined && { dueDate }) });
    await user.followTask({ id, projectId });
    expect(times()).toEqual(['Write it up 03T08:00']);
    expect(await user.followTask({ id, projectId })).toMatchObject({ did: 'nothing' });
    tickTick.updateTask(id, { title: 'Write it up', dueDate: wire('12:00', 1) });
    expect(await user.followTask({ id, projectId })).toMatchObject({ did: 'updated' });
    expect(times()).toEqual(['Write it up 01T08:00']);
  });
});

describe('what stays where it is', () => {
  test('23.2: a block that has begun, when the rest of the week is planned', async () => {
    const { user, tickTick, times } = await open();
    const { id, projectId, title } = tickTick.createTask({ title: 'Write' });
    await user.blockTime({ id, projectId, title }, HOUR);
    vi.setSystemTime(new Date(at('08:30')));
    const plan = await user.plan({
      tasks: [{ id, projectId, title, durationMinutes: 120 }],
      within: { from: at('00:00', 2), to: WEEK.to },
    });
    expect((await user.apply(plan)).isComplete).toBe(true);
    expect(times()).toEqual(['Write 01T08:00', 'Write 02T08:00']);
  });

  test('23.1: makes room for no other before its own task begins', async () => {
    const { user, phone, tickTick, times } = await open();
    const { id, projectId } = tickTick.createTask({ title: 'Later', ...dated(2) });
    const later = await user.ticktick.tasks.get({ id, projectId });
    await user.apply(await user.plan({ tasks: [{ ...later, durationMinutes: 60 }], within: WEEK }));
    expect(times()).toEqual(['Later 02T10:00']);
    const meeting = (from: string, to: string) =>
      phone.addEvent({ summary: 'Meeting', start: { dateTime: from }, end: { dateTime: to } });
    meeting(at('09:00'), at('20:00'));
    meeting(at('08:00', 2), at('09:00', 2));
    const urgent = { id: '6247ee29630c800f0Urgent1', projectId, title: 'Urgent', priority: 5 };
    const { moved } = await user.blockTime(
      { ...urgent, dueDate: wire('11:00', 2) },
      { durationMinutes: 120, splittable: false, within: WEEK },
    );
    expect(moved).toMatchObject([{ taskId: id }]);
    expect(times()).toContain('Later 02T11:00');
  });
});
