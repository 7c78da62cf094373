import { contextTools } from '@context-sdk/context/tools';
import type { JsonObject, Sandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { rawMail, startAssistant } from './start-assistant.ts';

// Before the days of these tests, whenever they run.
beforeEach(() => void vi.useFakeTimers({ now: new Date('2027-03-01T12:00:00Z'), toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

const TOKYO = { timeZone: 'Asia/Tokyo', approve: 'never' } as const;

async function open() {
  const { sandbox, user } = await startAssistant();
  const tools = contextTools(user, TOKYO);
  const run = async (name: keyof typeof tools, input: object): Promise<string> =>
    (await tools[name]?.execute(input))?.text ?? '';
  return { sandbox, user, run, phone: sandbox.ticktick.testUser(), google: sandbox.google.testUser() };
}

function wire(text: string): string {
  return new Date(text).toISOString().replace('Z', '+0000');
}

type SandboxTask = ReturnType<ReturnType<Sandbox['ticktick']['testUser']>['task']>;

function datesOf(task: SandboxTask): unknown {
  const { startDate, dueDate, timeZone } = task ?? {};
  return [startDate, dueDate, timeZone];
}

/** Two hours of the morning in Lisbon, which is not the account's zone. */
const MORNING = {
  startDate: wire('2027-03-10T09:00:00Z'),
  dueDate: wire('2027-03-10T11:00:00Z'),
  timeZone: 'Europe/Lisbon',
};
const BEFORE = [MORNING.startDate, MORNING.dueDate, MORNING.timeZone];

describe('the time of a task', () => {
  test.each<[name: string, fields: JsonObject, timeZone: string]>([
    ['recurs', { repeatFlag: 'RRULE:FREQ=DAILY' }, 'Europe/Lisbon'],
    ['floats', { isFloating: true }, 'Asia/Tokyo'],
  ])(
    '18.2: one that %s is at the time that was asked for, as long as before',
    async (_name, fields, zone) => {
      const { run, phone } = await open();
      const { id } = phone.createTask({ title: 'Write', ...MORNING, ...fields });
      await run('find', { kind: 'tasks' });
      const changed = await run('change_task', { task: 't1', day: '2027-03-11', time: '10:00' });
      expect(changed).toMatch(/^Changed t1 2027-03-11 12:00/);
      const dates = [wire('2027-03-11T10:00:00+09:00'), wire('2027-03-11T12:00:00+09:00'), zone];
      expect(datesOf(phone.task(id))).toEqual(dates);
      expect(await run('undo', {})).toMatch(/^Undone/);
      expect(datesOf(phone.task(id))).toEqual(BEFORE);
    },
  );

  test('18.2: what was completed comes back in its own zone', async () => {
    const { run, phone } = await open();
    const { id } = phone.createTask({ title: 'Write', ...MORNING, repeatFlag: 'RRULE:FREQ=DAILY' });
    await run('find', { kind: 'tasks' });
    await run('complete_task', { task: 't1' });
    expect(datesOf(phone.task(id))).not.toEqual(BEFORE);
    expect(await run('undo', {})).toMatch(/^Undone/);
    expect(datesOf(phone.task(id))).toEqual(BEFORE);
  });
});

test('the inbox is a list, though TickTick does not list it', async () => {
  const { run, phone } = await open();
  expect(await run('create_task', { title: 'Buy milk', list: 'inbox ' })).toMatch(/^Created/);
  expect(phone.tasks()).toMatchObject([{ title: 'Buy milk', projectId: phone.inboxId }]);
});

test('18.8: a task with the status of a finished item is done', async () => {
  const { run, phone } = await open();
  phone.createTask({ title: 'Pack' });
  await run('find', { kind: 'tasks' });
  phone.updateTask(phone.tasks()[0]?.id ?? '', { status: 1 });
  expect(await run('read', { item: 't1' })).toMatch(/^t1 done Pack/);
  expect(await run('complete_task', { task: 't1' })).toContain('is already completed');
  expect(await run('plan_tasks', { tasks: ['t1'] })).toContain('is already completed');
});

test('3.13: a conversation is shown by the last mail that was sent, not by a draft or by what is in the trash', async () => {
  const { run, user, google } = await open();
  google.gmail.receive(rawMail('Shall we?', { 'Message-ID': '<one@example.com>' }));
  await run('find', { kind: 'mails' });
  await run('draft_mail', { thread: 'm1', text: 'Yes.' });
  expect(await run('find', { kind: 'mails' })).toMatch(
    /^m1 \S+ \S+ unread with a draft Grace <grace@example.com>: Plan$/,
  );
  const reply = {
    'Message-ID': '<two@example.com>',
    'In-Reply-To': '<one@example.com>',
    Subject: 'Re: Plan',
  };
  const { id } = google.gmail.receive(rawMail('Never mind.', { ...reply, From: 'Bob <bob@example.com>' }));
  await user.gmail.messages.trash(id);
  expect(await run('find', { kind: 'mails' })).toContain('Grace <grace@example.com>: Plan');
  const read = await run('read', { item: 'm1' });
  expect(read).toContain('draft, not sent, from ada@example.com');
  expect(read).toContain('in the trash, from Bob');
});

test('an event that was deleted, which Google still shows by its id, is canceled', async () => {
  const { run, google } = await open();
  const guest = { email: 'ada@example.com', self: true, responseStatus: 'needsAction' };
  const times = { start: { dateTime: '2027-03-10T09:00:00Z' }, end: { dateTime: '2027-03-10T10:00:00Z' } };
  const { id } = google.calendar.addEvent({ summary: 'Sync', attendees: [guest], ...times });
  await run('agenda', { from: '2027-03-10', days: 1 });
  expect(await run('read', { item: 'e1' })).toMatch(/^e1 2027-03-10 18:00-19:00 invited Sync/);
  google.calendar.deleteEvent(id);
  expect(await run('read', { item: 'e1' })).toMatch(/^e1 2027-03-10 18:00-19:00 canceled Sync/);
  expect(await run('respond_to_invitation', { event: 'e1', response: 'accepted' })).toContain('was canceled');
});

test('4.5: what could not be read is told, and is not taken for free or for nothing', async () => {
  const { run, sandbox, google } = await open();
  const lost = google.calendar.addCalendar({ summary: 'Lost' });
  const times = { start: { dateTime: '2027-03-10T09:00:00Z' }, end: { dateTime: '2027-03-10T10:00:00Z' } };
  google.calendar.addEvent({ summary: 'Sync', ...times });
  const path = new RegExp(`/calendars/${encodeURIComponent(lost.id)}/events`);
  sandbox.faults.inject({ kind: 'status', status: 403 }, { path, rate: 1 });
  const events = await run('find', { kind: 'events', from: '2027-03-10' });
  expect(events.split('\n')).toEqual([
    'e1 2027-03-10 18:00-19:00 Sync',
    `Not read: calendar ${lost.id} (permission_denied)`,
  ]);
  const errors = [{ domain: 'global', reason: 'internalError' }];
  const calendars = { 'ada@example.com': { busy: [], errors }, [lost.id]: { busy: [] } };
  const answer = { kind: 'status', status: 200, body: { calendars } } as const;
  sandbox.faults.inject(answer, { path: /freeBusy/, rate: 1 });
  expect(await run('free_slots', { minutes: 30, from: '2027-03-10' })).toBe(
    'Not read: calendar ada@example.com (internalError)',
  );
});

test('4.5: a slot is free in all calendars that the agenda knows', async () => {
  const { run, google } = await open();
  const own = google.calendar.addCalendar({ summary: 'Own' });
  const times = { start: { dateTime: '2027-03-10T00:00:00Z' }, end: { dateTime: '2027-03-10T09:00:00Z' } };
  google.calendar.addEvent({ summary: 'Sync', ...times }, own.id);
  const slots = await run('free_slots', {
    minutes: 30,
    from: '2027-03-10',
    days: 1,
    earliest: '09:00',
    latest: '18:30',
  });
  expect(slots).toBe('2027-03-10 18:00-18:30');
});

test.each<[name: 'change_task' | 'complete_task' | 'block_time', input: object]>([
  ['change_task', { title: 'New' }],
  ['complete_task', {}],
  ['block_time', { minutes: 30, from: '2027-03-10', days: 1 }],
])(
  '18.3: %s refuses a task that was deleted meanwhile, which TickTick still returns',
  async (name, input) => {
    const { run, phone, google, user } = await open();
    const { id, projectId } = phone.createTask({ title: 'Gone' });
    await run('find', { kind: 'tasks' });
    await user.ticktick.tasks.delete({ id, projectId });
    expect(await run(name, { task: 't1', ...input })).toContain('The task was deleted.');
    expect(phone.task(id)).toMatchObject({ title: 'Gone', status: 0 });
    expect(google.calendar.events()).toEqual([]);
  },
);

test('18.3: a day of a task of several days moves all of them', async () => {
  const { run, phone } = await open();
  const days = {
    startDate: wire('2027-03-09T15:00:00Z'),
    dueDate: wire('2027-03-12T15:00:00Z'),
    timeZone: 'Asia/Tokyo',
  };
  const { id } = phone.createTask({ title: 'Fair', isAllDay: true, ...days });
  await run('find', { kind: 'tasks' });
  await run('change_task', { task: 't1', day: '2027-03-15' });
  expect(phone.task(id)).toMatchObject({
    isAllDay: true,
    startDate: wire('2027-03-14T15:00:00Z'),
    dueDate: wire('2027-03-17T15:00:00Z'),
  });
});

test('25.tools: the agenda tells what is overdue, what has no date, and which lists it lacks', async () => {
  const { run, phone, sandbox } = await open();
  phone.createTask({ title: 'Late', dueDate: wire('2001-03-01T09:00:00Z') });
  for (let index = 0; index < 200; index += 1) phone.createTask({ title: `Task ${index}` });
  const { id } = phone.createProject({ name: 'Lost' });
  const path = new RegExp(`/project/${id}/data`);
  sandbox.faults.inject({ kind: 'page', status: 200 }, { path, rate: 1 });
  const lines = (await run('agenda', { from: '2027-03-10', days: 1 })).split('\n');
  expect(lines.slice(0, 5)).toEqual([
    'Nothing is planned.',
    'Overdue: 1',
    't1 2001-03-01 18:00 Late',
    'Open tasks without a date: 200',
    't2 Task 0',
  ]);
  expect(lines.slice(-2)).toEqual(['190 more', `Not read: list ${id}`]);
});

test('18.6: tasks of a list that could not be read are not there for certain', async () => {
  const { run, phone, sandbox } = await open();
  for (let index = 0; index < 200; index += 1) phone.createTask({ title: `Task ${index}` });
  const { id } = phone.createProject({ name: 'Lost' });
  const path = new RegExp(`/project/${id}/data`);
  sandbox.faults.inject({ kind: 'page', status: 200 }, { path, rate: 1 });
  const found = await run('find', { kind: 'tasks', text: 'Task 7 ', limit: 1 });
  expect(found.split('\n').at(-1)).toBe(`Not read: list ${id}`);
});

test('a note is no work to plan', async () => {
  const { run, phone } = await open();
  phone.createTask({ title: 'Minutes', kind: 'NOTE', ...MORNING });
  expect(await run('plan_tasks', { from: '2027-03-10' })).toContain('No open task is due');
});
