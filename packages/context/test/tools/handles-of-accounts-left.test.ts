import { contextTools } from '@context-sdk/context/tools';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';

const DAY = 86_400_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** A user whose assistant knows a task and a draft by t1 and d1. */
async function start() {
  const started = startContext();
  const { sandbox, connectedUser, store } = started;
  const user = await connectedUser();
  const tools = contextTools(user, { timeZone: 'UTC', approve: 'never' });
  sandbox.ticktick.testUser().createTask({ title: 'Write' });
  const found = await tools['find']?.execute({ kind: 'tasks', text: 'Write' });
  expect(found?.text).toContain('t1');
  const drafted = await tools['draft_mail']?.execute({ to: ['x@example.com'], subject: 'x', text: 'x' });
  expect(drafted?.text).toContain('d1');
  const handles = async (): Promise<unknown[]> => {
    const keys = await store.list('tool-handles/');
    return await Promise.all(keys.map(async (key) => JSON.parse((await store.get(key))?.value ?? '')));
  };
  return { ...started, user, tools, handles };
}

test('16.3: an assistant’s names of items are forgotten with their account', async () => {
  const { user, store, handles } = await start();
  for (const provider of ['ticktick', 'google', 'azure-devops'] as const)
    await user.connections.disconnect(provider);
  expect(await handles()).toMatchObject([{ known: {} }, { known: {} }]);
  expect((await store.list('')).filter((key) => !key.startsWith('tool-handles/'))).toEqual([]);
  vi.setSystemTime(Date.now() + 31 * DAY);
  expect(await store.list('')).toEqual([]);
});

test('16.3: and name nothing of the next one', async () => {
  const { sandbox, user, tools } = await start();
  await user.connections.disconnect('ticktick');
  await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
  const found = await tools['find']?.execute({ kind: 'tasks', text: 'Write' });
  expect(found?.text).toMatch(/\bt[2-9]\b/);
  expect(await tools['read']?.execute({ item: 't1' })).toMatchObject({ status: 'invalid' });
});
