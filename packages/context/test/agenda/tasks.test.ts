import { offsetAt } from '@context-sdk/oauth-core/client-kit';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const NOW = new Date('2027-03-03T10:00:00+01:00');
const TODAY = {
  from: '2027-03-03T00:00:00+01:00',
  to: '2027-03-04T00:00:00+01:00',
  timeZone: 'Europe/Berlin',
};
const WEEK = { ...TODAY, to: '2027-03-08T00:00:00+01:00' };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

async function open() {
  const emulated = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const tickTickIs = { down: false };
  const { sandbox, connectedUser } = startContext({
    emulated,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const isDown = tickTickIs.down && new URL(request.url).host.includes('ticktick');
      return isDown ? new Response('down', { status: 503 }) : await emulated.fetch(request);
    },
  });
  const user = await connectedUser();
  return { user, tickTick: sandbox.ticktick.testUser(), sandbox, tickTickIs };
}

function wire(text: string): string {
  return new Date(text).toISOString().replace('Z', '+0000');
}

test('23.4: of a week that is over, what was to be done after it is not overdue there', async () => {
  const { user, tickTick } = await open();
  const zone = { timeZone: 'Europe/Berlin' };
  tickTick.createTask({ title: 'Before', dueDate: wire('2027-02-10T09:00:00+01:00'), ...zone });
  tickTick.createTask({ title: 'In it', dueDate: wire('2027-02-17T09:00:00+01:00'), ...zone });
  tickTick.createTask({ title: 'After', dueDate: wire('2027-02-22T09:00:00+01:00'), ...zone });
  const day = { dueDate: wire('2027-02-22T00:00:00+01:00'), isAllDay: true };
  tickTick.createTask({ title: 'Day after', ...day, ...zone });
  const week = { from: '2027-02-15T00:00:00+01:00', to: '2027-02-22T00:00:00+01:00' };
  const { items, overdue } = await user.agenda({ ...week, ...zone });
  expect(items.filter(({ kind }) => kind === 'task').map(({ title }) => title)).toEqual(['In it']);
  expect(overdue.filter(({ kind }) => kind === 'task').map(({ title }) => title)).toEqual(['Before']);
});

test('23.4: what is overdue, and what has no date, beside the items of the day', async () => {
  const { user, tickTick, sandbox } = await open();
  const zone = { timeZone: 'Europe/Berlin' };
  tickTick.createTask({ title: 'Late', dueDate: wire('2027-03-01T09:00:00+01:00'), ...zone });
  tickTick.createTask({
    title: 'Late day',
    dueDate: wire('2027-03-02T00:00:00+01:00'),
    isAllDay: true,
    ...zone,
  });
  tickTick.createTask({ title: 'This morning', dueDate: wire('2027-03-03T09:00:00+01:00'), ...zone });
  tickTick.createTask({ title: 'Someday' });
  const assignedTo = sandbox.azureDevOps.people[0]?.uniqueName ?? '';
  const [item] = sandbox.azureDevOps.testUser().all();
  const due = { 'Microsoft.VSTS.Scheduling.DueDate': '2027-02-26T00:00:00Z' };
  if (item) sandbox.azureDevOps.testUser().update(item.id, { 'System.AssignedTo': assignedTo, ...due });
  const { items, overdue, undatedTasks } = await user.agenda(TODAY);
  expect(items.filter(({ kind }) => kind === 'task').map(({ title }) => title)).toEqual(['This morning']);
  const late = overdue.map(({ title, day }) => [title, day]);
  expect(late.filter(([title]) => title?.startsWith('Late'))).toEqual([
    ['Late', '2027-03-01'],
    ['Late day', '2027-03-02'],
  ]);
  if (item) expect(overdue[0]).toMatchObject({ kind: 'work-item', day: '2027-02-26' });
  expect(undatedTasks.map(({ title }) => title)).toEqual(['Someday']);
});

test('23.4: a note is on its day, and nothing that is still to be done', async () => {
  const { user, tickTick } = await open();
  const note = { kind: 'NOTE', timeZone: 'Europe/Berlin' };
  tickTick.createTask({ title: 'Ideas', ...note });
  tickTick.createTask({ title: 'Minutes', dueDate: wire('2027-03-01T09:00:00+01:00'), ...note });
  tickTick.createTask({ title: 'Agenda', dueDate: wire('2027-03-03T09:00:00+01:00'), ...note });
  const { items, overdue, undatedTasks } = await user.agenda(TODAY);
  const isTask = ({ kind }: { kind: string }): boolean => kind === 'task';
  expect(items.filter(isTask).map(({ title }) => title)).toEqual(['Agenda']);
  expect(overdue.filter(isTask)).toEqual([]);
  expect(undatedTasks).toEqual([]);
});

test('23.4: a recurring task is there on each day of the window, marked after the first', async () => {
  const { user, tickTick } = await open();
  const zone = { timeZone: 'Europe/Berlin' };
  const first = wire('2027-03-03T17:00:00+01:00');
  tickTick.createTask({
    title: 'Daily',
    startDate: first,
    dueDate: first,
    repeatFlag: 'RRULE:FREQ=DAILY',
    ...zone,
  });
  const past = wire('2027-02-26T00:00:00+01:00');
  const weekly = { startDate: past, dueDate: past, isAllDay: true, repeatFlag: 'RRULE:FREQ=WEEKLY' };
  tickTick.createTask({ title: 'Weekly', ...weekly, ...zone });
  const { items, overdue } = await user.agenda(WEEK);
  const told = items.flatMap((item) =>
    item.kind === 'task' ? [[item.title, item.day, item.occurrence]] : [],
  );
  expect(told).toEqual([
    ['Daily', '2027-03-03', undefined],
    ['Daily', '2027-03-04', '2027-03-04'],
    ['Weekly', '2027-03-05', '2027-03-05'],
    ['Daily', '2027-03-05', '2027-03-05'],
    ['Daily', '2027-03-06', '2027-03-06'],
    ['Daily', '2027-03-07', '2027-03-07'],
  ]);
  expect(overdue.map(({ title, day }) => [title, day])).toEqual([['Weekly', '2027-02-26']]);
});

test('23.4: a recurring task that nobody has completed for years is still there', async () => {
  const { user, tickTick } = await open();
  const first = wire('2020-01-01T09:00:00+01:00');
  const daily = {
    startDate: first,
    dueDate: first,
    repeatFlag: 'RRULE:FREQ=DAILY',
    timeZone: 'Europe/Berlin',
  };
  tickTick.createTask({ title: 'Stretch', ...daily });
  const { items } = await user.agenda(WEEK);
  expect(items.map(({ title, day }) => [title, day])).toEqual(
    ['2027-03-03', '2027-03-04', '2027-03-05', '2027-03-06', '2027-03-07'].map((day) => ['Stretch', day]),
  );
});

const ZONES = ['Pacific/Kiritimati', 'Pacific/Apia', 'Asia/Kathmandu', 'America/Los_Angeles', 'Etc/GMT+12'];
const PAIRS = ZONES.flatMap((own) => ZONES.map((viewer) => [own, viewer] as const));

test.each(PAIRS)(
  '23.4, 18.9: occurrences of days and of floating times of %s are there for part of a day in %s',
  async (own, viewer) => {
    const { user, tickTick } = await open();
    const clockOf = (text: string, zone: string): number => {
      const at = Date.parse(`${text}Z`);
      return at - offsetAt(at, zone);
    };
    const dates = (text: string): object => {
      const at = wire(new Date(clockOf(text, own)).toISOString());
      return { startDate: at, dueDate: at, timeZone: own, repeatFlag: 'RRULE:FREQ=DAILY' };
    };
    tickTick.createTask({ title: 'Day', isAllDay: true, ...dates('2026-12-01T00:00:00') });
    tickTick.createTask({ title: 'Nine', isFloating: true, ...dates('2026-12-01T09:00:00') });
    for (const [from, to, expected] of [
      ['2026-12-31T08:00:00', '2026-12-31T10:00:00', ['Day', 'Nine']],
      ['2027-01-01T00:00:00', '2027-01-01T02:00:00', ['Day']],
      ['2027-01-01T22:00:00', '2027-01-01T23:59:00', ['Day']],
    ] as const) {
      const window = { from: new Date(clockOf(from, viewer)), to: new Date(clockOf(to, viewer)) };
      const { items } = await user.agenda({ ...window, timeZone: viewer });
      const told = items.map(({ title, day }) => [title, day]);
      expect(told).toEqual(expected.map((title) => [title, from.slice(0, 10)]));
    }
  },
);

test('23.4: the block of an occurrence takes the place of that one alone', async () => {
  const { user, tickTick } = await open();
  const first = wire('2027-03-03T17:00:00+01:00');
  const task = tickTick.createTask({
    title: 'Daily',
    startDate: first,
    dueDate: first,
    repeatFlag: 'RRULE:FREQ=DAILY',
    timeZone: 'Europe/Berlin',
  });
  await user.apply(
    await user.plan({
      tasks: [await user.ticktick.tasks.get(task)],
      within: { from: TODAY.from, to: '2027-03-05T00:00:00+01:00' },
    }),
  );
  const { items } = await user.agenda(WEEK);
  const told = items.flatMap((item) =>
    item.kind === 'task' ? [[item.day, item.occurrence, item.block !== undefined]] : [],
  );
  expect(told).toEqual([
    ['2027-03-03', undefined, true],
    ['2027-03-04', '2027-03-04', true],
    ['2027-03-05', '2027-03-05', false],
    ['2027-03-06', '2027-03-06', false],
    ['2027-03-07', '2027-03-07', false],
  ]);
});

test('23.4: a block is its task also when that is done, or TickTick is down', async () => {
  const { user, tickTick, tickTickIs } = await open();
  const task = tickTick.createTask({ title: 'Write' });
  await user.blockTime(task, { durationMinutes: 60, within: TODAY });
  await user.ticktick.tasks.complete(task);
  const told = async () => {
    const { items } = await user.agenda(TODAY);
    return items.map((item) =>
      item.kind === 'task' ? [item.title, item.task.id, item.block !== undefined] : [item.kind],
    );
  };
  const asTask = [['Write', task.id, true]];
  expect(await told()).toEqual(asTask);
  tickTickIs.down = true;
  expect(await told()).toEqual(asTask);
});

test('18.5: an all-day task at the end of the calendar costs no other', async () => {
  const { user, tickTick } = await open();
  const someday = { isAllDay: true, timeZone: 'Asia/Tokyo', dueDate: '9999-12-31T23:59:59+0000' };
  tickTick.createTask({ title: 'Someday', ...someday });
  tickTick.createTask({ title: 'From now on', ...someday, startDate: wire('2027-03-03T00:00:00+09:00') });
  tickTick.createTask({ title: 'Today', dueDate: wire('2027-03-03T17:00:00+01:00') });
  const { items } = await user.agenda(TODAY);
  const tasks = items.filter(({ kind }) => kind === 'task').map(({ title }) => title);
  expect(tasks).toEqual(['From now on', 'Today']);
});
