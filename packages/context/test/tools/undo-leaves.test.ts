import { contextTools, type ToolAnswer } from '@context-sdk/context/tools';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startAssistant } from './start-assistant.ts';

/** A Monday, before work. */
const NOW = new Date('2027-03-01T07:00:00Z');
const DAILY = { repeatFlag: 'RRULE:FREQ=DAILY;INTERVAL=1', timeZone: 'UTC' };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

async function open() {
  const { sandbox, user, context } = await startAssistant();
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  const ticktick = sandbox.ticktick.testUser();
  const { calendar } = sandbox.google.testUser();
  const run = async (tool: string, input: object): Promise<ToolAnswer> => {
    const answer = await tools[tool]?.execute(input);
    if (answer === undefined) throw new Error(`There is no tool ${tool}.`);
    return answer;
  };
  const undo = async (answer: ToolAnswer): Promise<ToolAnswer> =>
    await context.actions.undo('ada', answer.status === 'ok' ? (answer.action ?? '') : '');
  const blocks = (): string[] =>
    calendar
      .events()
      .filter(({ status }) => status !== 'cancelled')
      .map(({ start, end }) =>
        [start, end]
          .map((time) => new Date((time as { dateTime: string }).dateTime).toISOString().slice(5, 16))
          .join(' '),
      )
      .toSorted();
  return { user, ticktick, calendar, run, undo, blocks };
}

function daily(day: number) {
  const date = `2027-03-0${day}`;
  return { startDate: `${date}T09:00:00.000+0000`, dueDate: `${date}T17:00:00.000+0000`, ...DAILY };
}

describe('25.block: a task that recurs', () => {
  test('block_time changes the block of the current occurrence, and no other', async () => {
    const { ticktick, run, undo, blocks } = await open();
    ticktick.createTask({ title: 'Daily', ...daily(1) });
    await run('plan_tasks', { minutes: 60, days: 3 });
    await run('plan_tasks', { apply: 'p1' });
    const others = ['03-02T09:00 03-02T10:00', '03-03T09:00 03-03T10:00'];
    expect(blocks()).toEqual(['03-01T09:00 03-01T10:00', ...others]);
    const shorter = await run('block_time', { task: 't1', minutes: 30 });
    expect(blocks()).toEqual(['03-01T09:00 03-01T09:30', ...others]);
    expect(await undo(shorter)).toMatchObject({ status: 'ok' });
    expect(blocks()).toEqual(['03-01T09:00 03-01T10:00', ...others]);
  });

  test('25.undo: taking a block back leaves those of other occurrences', async () => {
    const { ticktick, user, run, undo, blocks } = await open();
    const task = ticktick.createTask({ title: 'Daily', ...daily(1) });
    const within = { from: '2027-03-03T09:00:00Z', to: '2027-03-03T17:00:00Z' };
    const { id, projectId, title } = task;
    await user.blockTime({ id, projectId, title, ...daily(3) }, { durationMinutes: 60, within });
    await run('find', { kind: 'tasks' });
    const blocked = await run('block_time', { task: 't1', minutes: 30 });
    expect(blocks()).toEqual(['03-01T09:00 03-01T09:30', '03-03T09:00 03-03T10:00']);
    expect(await undo(blocked)).toMatchObject({ status: 'ok' });
    expect(blocks()).toEqual(['03-03T09:00 03-03T10:00']);
  });
});

test('25.block: block_time puts a block before its task is due, as far as there is time', async () => {
  const { ticktick, calendar, run, blocks } = await open();
  ticktick.createTask({ title: 'Report', timeZone: 'UTC', dueDate: '2027-03-01T11:00:00.000+0000' });
  for (const [from, to] of [
    ['09:30', '10:00'],
    ['11:00', '11:15'],
  ] as const) {
    const at = (clock: string) => ({ dateTime: `2027-03-01T${clock}:00Z` });
    calendar.addEvent({ summary: 'Meeting', start: at(from), end: at(to) });
  }
  await run('find', { kind: 'tasks' });
  await run('block_time', { task: 't1', minutes: 90, days: 1 });
  expect(blocks().filter((block) => !block.startsWith('03-01T11:00'))).toEqual([
    '03-01T09:00 03-01T09:30',
    '03-01T09:30 03-01T10:00',
    '03-01T10:00 03-01T11:00',
  ]);
});

test('25.undo: a moved block that the user has deleted since is not said to be back', async () => {
  const { ticktick, calendar, run, undo } = await open();
  ticktick.createTask({ title: 'Report' });
  await run('find', { kind: 'tasks' });
  await run('block_time', { task: 't1', minutes: 60 });
  const shorter = await run('block_time', { task: 't1', minutes: 30 });
  for (const { id } of calendar.events()) calendar.updateEvent(id, { status: 'cancelled' });
  expect(await undo(shorter)).toMatchObject({
    status: 'failed',
    code: 'conflict',
    text: expect.stringContaining('the block was deleted since'),
  });
});

test('25.plan: a block that the user made an event for all day is planned, and why that can’t be undone is told', async () => {
  const { ticktick, calendar, run, undo, blocks } = await open();
  ticktick.createTask({ title: 'Report', timeZone: 'UTC', dueDate: '2027-03-04T17:00:00.000+0000' });
  await run('plan_tasks', {});
  await run('plan_tasks', { apply: 'p1' });
  const [block] = calendar.events();
  const onDay = (date: string) => ({ date, dateTime: null });
  calendar.updateEvent(block?.id ?? '', { start: onDay('2027-03-03'), end: onDay('2027-03-04') });
  await run('plan_tasks', {});
  const applied = await run('plan_tasks', { apply: 'p2' });
  expect(applied).toMatchObject({ status: 'ok', text: expect.stringContaining('1 changed') });
  expect(blocks()).toEqual(['03-01T09:00 03-01T10:00']);
  expect((await undo(applied)).text).toContain('for all day before');
});

describe('25.undo: a task that was created, and got', () => {
  test.each(['a checklist', 'a description', 'subtasks', 'the mark that it won’t be done'])(
    '%s since, stays',
    async (what) => {
      const { ticktick, run, undo } = await open();
      const created = await run('create_task', { title: 'Trip' });
      const [trip] = ticktick.tasks();
      const { id = '', projectId = '' } = trip ?? {};
      if (what === 'a checklist') ticktick.updateTask(id, { items: [{ title: 'Passport' }] });
      else if (what === 'a description') ticktick.updateTask(id, { kind: 'CHECKLIST', desc: 'For two' });
      else if (what === 'subtasks') ticktick.createTask({ title: 'Book', parentId: id, projectId });
      else ticktick.updateTask(id, { status: -1 });
      expect(await undo(created)).toMatchObject({ status: 'failed', code: 'conflict' });
      expect(ticktick.tasks().map(({ title }) => title)).toContain('Trip');
    },
  );
});

describe('25.undo: what became of a task since', () => {
  test.each(['change_task', 'complete_task'])(
    '%s of one that was deleted is not said to be undone',
    async (tool) => {
      const { ticktick, run, undo } = await open();
      const { id } = ticktick.createTask({ title: 'Report' });
      await run('find', { kind: 'tasks' });
      const answer = await run(tool, tool === 'change_task' ? { task: 't1', title: 'New' } : { task: 't1' });
      ticktick.deleteTask(id);
      expect(await undo(answer)).toMatchObject({
        status: 'failed',
        code: 'conflict',
        text: expect.stringContaining('the task was deleted since'),
      });
    },
  );

  test('one that was completed, and is one that the user won’t do by now, stays so', async () => {
    const { ticktick, run, undo } = await open();
    const { id } = ticktick.createTask({ title: 'Report' });
    await run('find', { kind: 'tasks' });
    const answer = await run('complete_task', { task: 't1' });
    ticktick.updateTask(id, { status: -1 });
    expect(await undo(answer)).toMatchObject({ status: 'failed', code: 'conflict' });
    expect(ticktick.task(id)?.status).toBe(-1);
  });

  test('one that recurs gets its rule back with its date', async () => {
    const { ticktick, run, undo } = await open();
    const { id } = ticktick.createTask({ title: 'Daily', ...daily(1) });
    await run('find', { kind: 'tasks' });
    const answer = await run('change_task', { task: 't1', undated: true });
    expect(ticktick.task(id)?.repeatFlag ?? '').toBe('');
    expect(await undo(answer)).toMatchObject({ status: 'ok' });
    expect(ticktick.task(id)).toMatchObject(daily(1));
  });

  test('one that recurs has its checklist as it was', async () => {
    const { ticktick, run, undo } = await open();
    const items = [
      { title: 'Wash', status: 1 },
      { title: 'Dry', status: 0 },
    ];
    const { id } = ticktick.createTask({ title: 'Daily', ...daily(1), kind: 'CHECKLIST', items });
    await run('find', { kind: 'tasks' });
    const answer = await run('complete_task', { task: 't1' });
    expect(ticktick.task(id)?.items?.map(({ status }) => status)).toEqual([0, 0]);
    expect(await undo(answer)).toMatchObject({ status: 'ok' });
    expect(ticktick.task(id)?.items).toMatchObject(items);
  });

  test('the last occurrence of one that recurs can be taken back', async () => {
    const { ticktick, run, undo } = await open();
    const { id } = ticktick.createTask({
      title: 'Daily',
      ...daily(1),
      repeatFlag: 'RRULE:FREQ=DAILY;COUNT=1',
    });
    await run('find', { kind: 'tasks' });
    const answer = await run('complete_task', { task: 't1' });
    expect(ticktick.task(id)?.status).toBe(2);
    expect(await undo(answer)).toMatchObject({ status: 'ok' });
    expect(ticktick.task(id)).toMatchObject({ status: 0, dueDate: daily(1).dueDate });
  });
});

test('25.undo: a plan that could be undone in part only is undone once there is room', async () => {
  const { ticktick, calendar, run, undo, blocks } = await open();
  for (const title of ['Report', 'Reading'])
    ticktick.createTask({ title, timeZone: 'UTC', dueDate: '2027-03-04T17:00:00.000+0000' });
  await run('plan_tasks', {});
  await run('plan_tasks', { apply: 'p1' });
  const before = blocks();
  const at = (clock: string) => ({ dateTime: `2027-03-01T${clock}:00Z` });
  const first = calendar.addEvent({ summary: 'Early', start: at('09:00'), end: at('10:00') });
  const second = calendar.addEvent({ summary: 'Late', start: at('10:00'), end: at('11:00') });
  await run('plan_tasks', {});
  const moved = await run('plan_tasks', { apply: 'p2' });
  calendar.updateEvent(first.id, { status: 'cancelled' });
  expect(await undo(moved)).toMatchObject({ code: 'conflict', text: expect.stringContaining('taken') });
  calendar.updateEvent(second.id, { status: 'cancelled' });
  expect(await undo(moved)).toMatchObject({ status: 'ok' });
  expect(blocks()).toEqual(before);
});
