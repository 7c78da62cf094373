import { contextTools } from '@context-sdk/context/tools';
import type { Sandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';
import { startAssistant } from './start-assistant.ts';

interface Case {
  tool: string;
  input: object;
  /** What the user does by hand before the undo. */
  edit: (sandbox: Sandbox) => void;
  /** What the user's edit made. */
  kept: (sandbox: Sandbox) => unknown;
  expected: unknown;
}

const DAILY = { repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1', timeZone: 'UTC' };

function taskOf({ ticktick }: Sandbox, title: string) {
  const task = ticktick
    .testUser()
    .tasks()
    .find((one) => one.title === title);
  if (task === undefined) throw new Error(`There is no task ${title}.`);
  return task;
}

function moveEvents({ google }: Sandbox): void {
  const { calendar } = google.testUser();
  for (const { id, start, end } of calendar.events()) {
    const later = (time: unknown): { dateTime: string } => {
      const { dateTime } = time as { dateTime: string };
      return { dateTime: new Date(Date.parse(dateTime) + 7_200_000).toISOString() };
    };
    calendar.updateEvent(id, { start: later(start), end: later(end) });
  }
}

const starts = ({ google }: Sandbox): string[] =>
  google
    .testUser()
    .calendar.events()
    .filter(({ status }) => status !== 'cancelled')
    .map(({ start }) => new Date((start as { dateTime: string }).dateTime).toISOString().slice(0, 16));

const editTitle =
  (title: string) =>
  (sandbox: Sandbox): void =>
    void sandbox.ticktick.testUser().updateTask(taskOf(sandbox, title).id, { title: 'By hand' });
const titles = ({ ticktick }: Sandbox): unknown =>
  ticktick
    .testUser()
    .tasks()
    .map(({ title }) => title);
const workItem = ({ azureDevOps }: Sandbox, id: number): unknown =>
  azureDevOps.testUser().get(id)?.fields['System.Title'];

const CASES: readonly Case[] = [
  {
    tool: 'create_task',
    input: { title: 'New' },
    edit: editTitle('New'),
    kept: titles,
    expected: expect.arrayContaining(['By hand']),
  },
  {
    tool: 'change_task',
    input: { task: 't1', title: 'New' },
    edit: editTitle('New'),
    kept: titles,
    expected: expect.arrayContaining(['By hand']),
  },
  {
    tool: 'complete_task',
    input: { task: 't2' },
    edit: (sandbox) => {
      const next = sandbox.ticktick
        .testUser()
        .tasks()
        .find(({ title, status }) => title === 'Daily' && status === 0);
      const dates = { startDate: '2027-03-20T09:00:00.000+0000', dueDate: '2027-03-20T09:00:00.000+0000' };
      sandbox.ticktick.testUser().updateTask(next?.id ?? '', dates);
    },
    kept: ({ ticktick }) =>
      ticktick
        .testUser()
        .tasks()
        .map(({ dueDate }) => dueDate?.slice(0, 10)),
    expected: expect.arrayContaining(['2027-03-20']),
  },
  {
    tool: 'block_time',
    input: { task: 't1', minutes: 30, from: '2027-03-01', days: 1 },
    edit: moveEvents,
    kept: starts,
    expected: ['2027-03-01T11:00'],
  },
  {
    tool: 'plan_tasks',
    input: { apply: 'p1' },
    edit: moveEvents,
    kept: starts,
    expected: ['2027-03-01T11:00'],
  },
  {
    tool: 'create_work_item',
    input: { title: 'New', project: 'Fabrikam' },
    edit: ({ azureDevOps }) => void azureDevOps.testUser().update(2, { 'System.Title': 'By hand' }),
    kept: (sandbox) => workItem(sandbox, 2),
    expected: 'By hand',
  },
  {
    tool: 'change_work_item',
    input: { work_item: '#1', title: 'New' },
    edit: ({ azureDevOps }) => void azureDevOps.testUser().update(1, { 'System.Title': 'By hand' }),
    kept: (sandbox) => workItem(sandbox, 1),
    expected: 'By hand',
  },
];

test.for(CASES)('25.undo: what the user changed after $tool is left alone, with the reason', async (one) => {
  const { sandbox, user, context } = await startAssistant();
  const ticktick = sandbox.ticktick.testUser();
  ticktick.createTask({ title: 'Once' });
  const day = '2027-03-02T09:00:00.000+0000';
  ticktick.createTask({ title: 'Daily', ...DAILY, startDate: day, dueDate: day });
  sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'Item' } });
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  await tools['find']?.execute({ kind: 'tasks', text: 'Once' });
  await tools['find']?.execute({ kind: 'tasks', text: 'Daily' });
  if (one.tool === 'plan_tasks') {
    await tools['plan_tasks']?.execute({ tasks: ['t1'], minutes: 30, from: '2027-03-01', days: 1 });
  }
  const answer = await tools[one.tool]?.execute(one.input);
  expect(answer).toMatchObject({ status: 'ok' });
  one.edit(sandbox);
  const undone = await context.actions.undo('ada', answer?.status === 'ok' ? (answer.action ?? '') : '');
  expect(undone).toMatchObject({ status: 'failed', code: 'conflict' });
  expect(undone.text).toMatch(/^It was not undone: .+ changed since/);
  expect(one.kept(sandbox)).toEqual(one.expected);
  // It can still be undone once the user has put it back.
  const states = (await context.actions.list('ada')).map(({ tool, state }) => `${tool} ${state}`);
  expect(states).toEqual(expect.arrayContaining([`${one.tool} done`, 'undo failed']));
});

test('25.undo: a draft that the user has changed since is left alone', async () => {
  const { sandbox, user, context } = await startAssistant();
  const tools = contextTools(user, { timeZone: 'UTC' });
  const answer = await tools['draft_mail']?.execute({ to: ['a@example.com'], subject: 'x', text: 'y' });
  const [draft] = await user.gmail.drafts.list().toArray();
  await user.gmail.drafts.update(draft?.id ?? '', { to: 'a@example.com', subject: 'By hand', text: 'y' });
  const undone = await context.actions.undo('ada', answer?.status === 'ok' ? (answer.action ?? '') : '');
  expect(undone).toMatchObject({ status: 'failed', code: 'conflict' });
  expect(sandbox.google.testUser().gmail.drafts()).toHaveLength(1);
});
