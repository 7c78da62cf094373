import { contextTools } from '@context-sdk/context/tools';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startAssistant } from './start-assistant.ts';

/** A Monday, before work. */
const NOW = new Date('2027-03-01T07:00:00Z');

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: NOW }));
afterEach(() => void vi.useRealTimers());

async function open(approve: 'never' | 'writes') {
  const started = await startAssistant();
  const task = started.sandbox.ticktick.testUser().createTask({ title: 'Report' });
  const tools = contextTools(started.user, { timeZone: 'UTC', approve });
  const run = (name: string, input: object) => tools[name]?.execute(input);
  await run('find', { kind: 'tasks' });
  const blocks = () =>
    started.sandbox.google
      .testUser()
      .calendar.events()
      .filter(({ status }) => status !== 'cancelled');
  const approve1 = async () => {
    const [waiting] = await started.context.actions.pending('ada');
    return await started.context.actions.approve('ada', waiting?.token ?? '');
  };
  return { ...started, task, run, blocks, approve: approve1 };
}

test.each([
  ['complete', 'is already completed'],
  ['abandon', 'is abandoned'],
] as const)(
  '25.tools: a task that the user did %s is neither blocked, planned nor completed',
  async (how, text) => {
    const { user, task, run, blocks } = await open('never');
    await user.ticktick.tasks[how](task);
    for (const [name, input] of [
      ['block_time', { task: 't1', minutes: 60 }],
      ['complete_task', { task: 't1' }],
      ['plan_tasks', { tasks: ['t1'] }],
    ] as const)
      expect(await run(name, input)).toMatchObject({
        status: 'invalid',
        text: expect.stringContaining(text) as string,
      });
    expect(blocks()).toEqual([]);
  },
);

test.each(['complete', 'delete'] as const)(
  '25.approval: what waits for a person blocks no time for a task that the user did %s meanwhile',
  async (how) => {
    const { user, task, run, blocks, approve, context } = await open('writes');
    await run('block_time', { task: 't1', minutes: 60 });
    await user.ticktick.tasks[how](task);
    expect(await approve()).toMatchObject({ status: 'failed' });
    expect(blocks()).toEqual([]);
    expect(await context.actions.list('ada')).toMatchObject([{ state: 'failed' }]);
  },
);

test('25.undo: a task that the user completed before the approval is not reopened by undoing it', async () => {
  const { user, task, run, approve, context } = await open('writes');
  await run('complete_task', { task: 't1' });
  await user.ticktick.tasks.complete(task);
  expect(await approve()).toMatchObject({ status: 'failed', code: 'conflict' });
  const [action] = await context.actions.list('ada');
  await context.actions.undo('ada', action?.id ?? '');
  expect(await user.ticktick.tasks.get(task)).toMatchObject({ status: 2 });
});

test('25.block: time is blocked also while TickTick can’t be asked again', async () => {
  const { sandbox, run, blocks, approve } = await open('writes');
  await run('block_time', { task: 't1', minutes: 60 });
  sandbox.faults.inject({ kind: 'status', status: 400 }, { host: 'api.ticktick.com', rate: 1 });
  expect(await approve()).toMatchObject({ status: 'ok' });
  expect(blocks()).toHaveLength(1);
});
