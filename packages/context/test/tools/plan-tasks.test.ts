import { contextTools, type ToolAnswer } from '@context-sdk/context/tools';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { startAssistant } from './start-assistant.ts';

/** A Monday, before work. */
const NOW = new Date('2027-03-01T07:00:00Z');

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

async function open(approve: 'never' | 'writes' = 'never') {
  const started = await startAssistant();
  const { sandbox, user } = started;
  const { calendar } = sandbox.google.testUser();
  const ticktick = sandbox.ticktick.testUser();
  for (const [at, title] of ['Report', 'Reading'].entries()) {
    ticktick.createTask({ title, timeZone: 'UTC', dueDate: `2027-03-0${at + 2}T17:00:00.000+0000` });
  }
  ticktick.createTask({ title: 'Someday' });
  const tools = contextTools(user, { timeZone: 'UTC', approve });
  const run = async (input: object): Promise<ToolAnswer> => {
    const answer = await tools['plan_tasks']?.execute(input);
    if (answer === undefined) throw new Error('There is no such tool.');
    return answer;
  };
  const blocks = (): string[] =>
    calendar
      .events()
      .filter(({ status, extendedProperties }) => status !== 'cancelled' && extendedProperties !== undefined)
      .map(({ summary, start }) => {
        const { dateTime } = start as { dateTime: string };
        return `${new Date(dateTime).toISOString().slice(5, 16)} ${summary}`;
      })
      .toSorted();
  const undo = async (action: string | undefined) => await started.context.actions.undo('ada', action ?? '');
  return { ...started, calendar, ticktick, tools, run, blocks, undo };
}

function meeting(from: string, to: string, summary = 'Meeting') {
  const at = (clock: string) => ({ dateTime: `2027-03-01T${clock}:00Z` });
  return { summary, start: at(from), end: at(to) };
}

function actionOf(answer: ToolAnswer): string | undefined {
  return answer.status === 'ok' ? answer.action : undefined;
}

describe('proposals', () => {
  test('25.plan: proposes times for what is due, with handles and reasons, and writes nothing', async () => {
    const { run, calendar, blocks, context } = await open('writes');
    calendar.addEvent(meeting('09:00', '10:00'));
    const answer = await run({});
    expect(answer).toEqual({
      status: 'ok',
      text: [
        'p1: a proposal. Nothing is written before it is applied.',
        'Mon 2027-03-01',
        't1 10:00-11:00 Report: after your 09:00, before it is due on 2027-03-02 at 17:00',
        't2 11:00-12:00 Reading: after “Report”, before it is due on 2027-03-03 at 17:00',
      ].join('\n'),
    });
    expect([blocks(), await context.actions.pending('ada'), await context.actions.list('ada')]).toEqual([
      [],
      [],
      [],
    ]);
  });

  test('25.plan: plans named tasks, with the minutes that are given, and says what has no place', async () => {
    const { run, tools } = await open();
    await tools['find']?.execute({ kind: 'tasks' });
    const { text } = await run({ tasks: ['t3', 't1'], minutes: 540, days: 1 });
    expect(text).toContain('09:00-18:00');
    expect(text).toMatch(/^No place: t\d, 540 minutes: all working time is taken$/m);
  });

  test.for([
    [{ tasks: ['t99'] }, 'tasks[0]'],
    [{ apply: 't1' }, 'apply'],
    [{ apply: 'p99' }, 'apply'],
    [{ apply: 'p1', tasks: ['t1'] }, 'tasks'],
    [{ from: '2027-02-01', days: 2 }, 'from'],
    [{ minutes: 0 }, 'minutes'],
  ] as const)('25.plan: %j is refused by name', async ([input, field]) => {
    const { run } = await open();
    expect(await run(input)).toMatchObject({ status: 'invalid', field });
  });
});

describe('applying', () => {
  test('25.plan: writes a proposal by its handle, once', async () => {
    const { run, blocks } = await open();
    await run({});
    const answer = await run({ apply: 'p1' });
    expect(answer.text).toMatch(/^Planned: 2 created\.\nUndo: a[0-9a-f]{8}$/);
    expect(blocks()).toEqual(['03-01T09:00 Report', '03-01T10:00 Reading']);
    expect((await run({ apply: 'p1' })).text).toBe('Planned: 2 unchanged.');
    expect((await run({})).text).toMatch(/^Nothing to change\./);
  });

  test('25.plan: waits for a person by the policy, who sees all times', async () => {
    const { run, blocks, context } = await open('writes');
    await run({});
    expect(await run({ apply: 'p1' })).toMatchObject({
      status: 'needs-approval',
      description:
        'In the calendar: block 2027-03-01 09:00-10:00 “Report”; block 2027-03-01 10:00-11:00 “Reading”',
    });
    expect(blocks()).toEqual([]);
    const [waiting] = await context.actions.pending('ada');
    expect(await context.actions.approve('ada', waiting?.token ?? '')).toMatchObject({ status: 'ok' });
    expect(blocks()).toHaveLength(2);
  });

  test('25.plan: a person sees which blocks go', async () => {
    const { run, tools, user, ticktick } = await open('writes');
    const [{ id, projectId, title } = { id: '', projectId: '', title: '' }] = ticktick.tasks();
    const within = { from: '2027-03-01T00:00:00Z', to: '2027-03-03T00:00:00Z' };
    const workingHours = { mon: [['09:00', '18:00']], tue: [['09:00', '18:00']] } as const;
    await user.blockTime(
      { id, projectId, title },
      { durationMinutes: 720, within, workingHours, timeZone: 'UTC' },
    );
    await tools['find']?.execute({ kind: 'tasks', text: title });
    const { text } = await run({ tasks: ['t1'], minutes: 60, from: '2027-03-01', days: 2 });
    const [handle = ''] = /p\d+/.exec(text) ?? [];
    expect(await run({ apply: handle })).toMatchObject({
      description: `In the calendar: move to 2027-03-01 09:00-10:00 “${title}”; delete 2027-03-02 09:00-12:00 “${title}”`,
    });
  });

  test('25.plan: says what was taken meanwhile, and writes the rest', async () => {
    const { run, calendar, blocks } = await open();
    await run({});
    calendar.addEvent(meeting('09:30', '10:00'));
    const { text } = await run({ apply: 'p1' });
    expect(text).toContain('Planned: 1 created.');
    expect(text).toContain('Not written: “Report” 2027-03-01 09:00-10:00: something else has this time now');
    expect(blocks()).toEqual(['03-01T10:00 Reading']);
    expect((await run({ apply: 'p1' })).text).toContain('was applied before, in part');
  });

  test('25.plan: a plan ends with the Google account, and is not another user’s', async () => {
    const { run, user, sandbox, connectedUser } = await open();
    await run({});
    const eve = contextTools(await connectedUser('eve'), { timeZone: 'UTC' });
    expect(await eve['plan_tasks']?.execute({ apply: 'p1' })).toMatchObject({ field: 'apply' });
    await user.connections.disconnect('google');
    await user.connections.import('google', googleTokens(sandbox));
    expect(await run({ apply: 'p1' })).toMatchObject({ status: 'invalid', field: 'apply' });
  });
});

describe('undo', () => {
  test('25.plan: deletes what it created, and puts back what it moved', async () => {
    const { run, calendar, blocks, undo } = await open();
    await run({});
    const first = actionOf(await run({ apply: 'p1' }));
    const before = blocks();
    calendar.addEvent(meeting('09:00', '10:30'));
    expect((await run({})).text).toContain('p2');
    const second = await run({ apply: 'p2' });
    expect(second.text).toContain('changed');
    expect(blocks()).not.toEqual(before);
    for (const event of calendar.events().filter(({ summary }) => summary === 'Meeting')) {
      calendar.deleteEvent(event.id);
    }
    expect(await undo(actionOf(second))).toMatchObject({ status: 'ok' });
    expect(blocks()).toEqual(before);
    expect(await undo(first)).toMatchObject({ status: 'ok' });
    expect(blocks()).toEqual([]);
  });

  test('25.plan: puts back a block that it deleted', async () => {
    const { run, tools, blocks, undo } = await open();
    await tools['find']?.execute({ kind: 'tasks', text: 'Report' });
    await run({ tasks: ['t1'], minutes: 720, from: '2027-03-01', days: 2 });
    await run({ apply: 'p1' });
    const before = blocks();
    expect(before.length).toBeGreaterThan(1);
    const shorter = await run({ tasks: ['t1'], minutes: 60, from: '2027-03-01', days: 2 });
    const [handle = ''] = /p\d+/.exec(shorter.text) ?? [];
    expect(shorter.text).toContain('Deletes 1 block');
    const answer = await run({ apply: handle });
    expect(blocks()).toHaveLength(1);
    expect(await undo(actionOf(answer))).toMatchObject({ status: 'ok' });
    expect(blocks()).toEqual(before);
  });

  test('25.plan: leaves alone what the user has moved since, and says so', async () => {
    const { run, calendar, blocks, undo } = await open();
    await run({});
    const action = actionOf(await run({ apply: 'p1' }));
    const event = calendar.events().find(({ summary }) => summary === 'Reading');
    const { start, end } = meeting('15:00', '16:00');
    calendar.updateEvent(event?.id ?? '', { start, end });
    const moved = blocks();
    expect(await undo(action)).toMatchObject({
      status: 'failed',
      code: 'conflict',
      text: 'It was not undone: start, end changed since. (conflict)',
    });
    expect(blocks()).toEqual(moved);
  });

  test('25.undo: a block that the user has moved since stays where they put it', async () => {
    const { tools, calendar, blocks, undo } = await open();
    await tools['find']?.execute({ kind: 'tasks', text: 'Report' });
    const answer = await tools['block_time']?.execute({ task: 't1', minutes: 60 });
    const event = calendar.events().find(({ summary }) => summary === 'Report');
    const { start, end } = meeting('15:00', '16:00');
    calendar.updateEvent(event?.id ?? '', { start, end });
    const action = answer?.status === 'ok' ? answer.action : undefined;
    expect(await undo(action)).toMatchObject({ status: 'failed', code: 'conflict' });
    expect(blocks()).toEqual(['03-01T15:00 Report']);
  });
});
