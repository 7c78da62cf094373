import { contextTools } from '@context-sdk/context/tools';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'], now: new Date('2027-03-01T08:00:00Z') }));
afterEach(() => void vi.useRealTimers());

/** A user on whose word a block, a plan and a mail wait. */
async function start() {
  const { context, sandbox, connectedUser } = startContext();
  const user = await connectedUser();
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'writes' });
  const run = async (name: string, input: object): Promise<string> =>
    JSON.stringify(await tools[name]?.execute(input));
  sandbox.ticktick.testUser().createTask({ title: 'Write' });
  const [task = ''] = /\bt\d+\b/.exec(await run('find', { kind: 'tasks', text: 'Write' })) ?? [];
  await run('block_time', { task, minutes: 30 });
  const [plan = ''] = /\bp\d+\b/.exec(await run('plan_tasks', { tasks: [task] })) ?? [];
  await run('plan_tasks', { apply: plan });
  await run('draft_mail', { to: ['x@example.com'], subject: 'x', text: 'x' });
  const waiting = async (): Promise<string[]> =>
    (await context.actions.pending('ada')).map(({ tool }) => tool).toSorted();
  expect(await waiting()).toEqual(['block_time', 'draft_mail', 'plan_tasks']);
  return { user, waiting };
}

test('25.approval: what waits with tasks of TickTick ends with their account', async () => {
  const { user, waiting } = await start();
  await user.connections.disconnect('ticktick');
  expect(await waiting()).toEqual(['draft_mail']);
});

test('25.approval: and nothing else does', async () => {
  const { user, waiting } = await start();
  await user.connections.disconnect('azure-devops');
  expect(await waiting()).toEqual(['block_time', 'draft_mail', 'plan_tasks']);
  await user.connections.disconnect('google');
  expect(await waiting()).toEqual([]);
});
