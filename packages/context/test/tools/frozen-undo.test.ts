import type { User } from '@context-sdk/context';
import { type ContextTools, contextTools } from '@context-sdk/context/tools';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startFrozenProcess } from '../support/frozen-process.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const toolsOf = (user: User): ContextTools => contextTools(user, { timeZone: 'UTC', approve: 'never' });

test('25.undo: a process that stood still in an undo leaves what the user has written since', async () => {
  let isUndoing = false;
  const { sandbox, user, frozen, goOn, outlive } = await startFrozenProcess(
    ({ method, url }) => isUndoing && method === 'GET' && url.includes('/task/'),
  );
  const tasks = sandbox.ticktick.testUser();
  const { id } = tasks.createTask({ title: 'Before' });
  const tools = toolsOf(user);
  await tools['find']?.execute({ kind: 'tasks', text: 'Before' });
  const answer = await tools['change_task']?.execute({ task: 't1', title: 'After' });
  const undo = { action: answer?.status === 'ok' ? (answer.action ?? null) : null };
  isUndoing = true;
  const late = tools['undo']?.execute(undo);
  await frozen;
  expect(await outlive(async (other) => toolsOf(other)['undo']?.execute(undo))).toMatchObject({
    status: 'ok',
  });
  expect(tasks.task(id)).toMatchObject({ title: 'Before' });
  tasks.updateTask(id, { title: 'By hand' });
  goOn();
  expect(await late).toMatchObject({ status: 'failed' });
  expect(tasks.task(id)).toMatchObject({ title: 'By hand' });
});
