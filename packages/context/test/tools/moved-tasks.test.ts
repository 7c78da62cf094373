import { contextTools, type ToolAnswer } from '@context-sdk/context/tools';
import { expect, test } from 'vitest';
import { startAssistant } from './start-assistant.ts';

async function open() {
  const { user, sandbox, context } = await startAssistant();
  const phone = sandbox.ticktick.testUser();
  const elsewhere = phone.createProject({ name: 'Elsewhere' });
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  const run = async (name: string, input: object): Promise<ToolAnswer> => {
    const answer = await tools[name]?.execute(input);
    if (answer === undefined) throw new Error(`There is no tool ${name}.`);
    return answer;
  };
  /** The user moves the only task to another list. */
  const move = (): void => phone.moveTask(phone.tasks()[0]?.id ?? '', elsewhere.id);
  const undo = async (answer: ToolAnswer): Promise<ToolAnswer> =>
    await context.actions.undo('ada', answer.status === 'ok' ? (answer.action ?? '') : '');
  return { run, move, undo, tasks: () => phone.tasks() };
}

test('25.tools: a handle names its task also after the user has moved it to another list', async () => {
  const { run, move, tasks } = await open();
  await run('create_task', { title: 'Report' });
  move();
  expect(await run('read', { item: 't1' })).toMatchObject({
    text: expect.stringContaining('Elsewhere') as string,
  });
  expect(await run('change_task', { task: 't1', title: 'Reports' })).toMatchObject({ status: 'ok' });
  expect(await run('complete_task', { task: 't1' })).toMatchObject({ status: 'ok' });
  expect(tasks()).toMatchObject([{ title: 'Reports', status: 2 }]);
});

test('25.undo: a task that was created, and moved to another list since, is not said to be gone', async () => {
  const { run, move, undo, tasks } = await open();
  const created = await run('create_task', { title: 'Report' });
  move();
  expect(await undo(created)).toMatchObject({ status: 'failed', code: 'conflict' });
  expect(tasks()).toHaveLength(1);
});

test.each([
  ['change_task', { title: 'Reports' }],
  ['complete_task', {}],
] as const)(
  '25.undo: %s is taken back in the list that the user has moved the task to',
  async (name, changes) => {
    const { run, move, undo, tasks } = await open();
    await run('create_task', { title: 'Report' });
    const before = tasks()[0];
    const done = await run(name, { task: 't1', ...changes });
    move();
    expect(await undo(done)).toMatchObject({ status: 'ok' });
    expect(tasks()).toMatchObject([{ title: 'Report', status: before?.status }]);
  },
);
