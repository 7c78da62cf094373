import { browserSessions } from '@context-sdk/context';
import { contextTools } from '@context-sdk/context/tools';
import { describe, expect, test } from 'vitest';
import { startDeliveries } from '../support/start-deliveries.ts';

const WITHIN = { from: '2099-03-02T09:00:00Z', to: '2099-03-02T17:00:00Z' };

/** Two users with everything, and a session each. */
async function start() {
  const started = startDeliveries();
  const { context, sandbox, everything, store } = started;
  const sessions = browserSessions({ store, baseUrl: 'https://host.example' });
  const cookies: Record<string, string> = {};
  for (const userId of ['ada', 'grace']) {
    const user = await everything(userId);
    const task = sandbox.ticktick.testUser().createTask({ title: `of ${userId}` });
    await context.subscriptions.ensure(userId);
    await user.blockTime(task, { durationMinutes: 30, within: WITHIN });
    await user.createWorkItem(task, { project: sandbox.azureDevOps.organization.projects[0]?.name });
    [cookies[userId] = ''] = (await sessions.begin(userId)).split(';');
  }
  await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
  return { ...started, sessions, cookies };
}

describe('16.13: forget', () => {
  test('ends deliveries, tokens, records and sessions of the user, and of nobody else', async () => {
    const { context, sandbox, store, sessions, cookies } = await start();
    await sessions.begin('ada');
    const report = await context.user('ada').forget();
    expect(report).toMatchObject({
      userId: 'ada',
      connections: [
        { provider: 'ticktick', outcome: 'token-remains' },
        { provider: 'google', outcome: 'ended' },
        { provider: 'azure-devops', outcome: 'token-remains' },
      ],
      sessions: 2,
      isComplete: false,
    });
    const left = await store.list('');
    const values = await Promise.all(left.map(async (key) => (await store.get(key))?.value ?? ''));
    expect(left.filter((key) => key.split('/').includes('ada'))).toEqual([]);
    expect(values.filter((value) => value.includes('"ada"'))).toEqual([]);
    expect(await sessions.userOf(cookies['ada'])).toBeUndefined();
    expect(sandbox.requests.some(({ path }) => path === '/revoke')).toBe(true);
    expect(await sessions.userOf(cookies['grace'])).toBe('grace');
    expect(await store.list('connection/grace/')).toHaveLength(3);
    expect(await store.list('channel/')).toHaveLength(2);
    expect(await context.user('ada').forget()).toMatchObject({
      connections: [],
      records: 0,
      isComplete: true,
    });
  });

  test('a provider that is down is told, and maintenance goes on', async () => {
    const { context, sandbox, store } = await start();
    const fault = { kind: 'status', status: 503 } as const;
    sandbox.faults.inject(fault, { path: /revoke/, rate: 1 });
    const report = await context.user('ada').forget();
    expect(report.connections).toContainEqual({ provider: 'google', outcome: 'revocation-pending' });
    expect(report.isComplete).toBe(false);
    expect((await store.list('')).filter((key) => key.split('/').includes('ada'))).toEqual([]);
  });

  test('of a user of whom nothing is known', async () => {
    const { context } = startDeliveries();
    expect(await context.user('nobody').forget()).toEqual({
      userId: 'nobody',
      connections: [],
      pendingRevocations: 0,
      sessions: 0,
      records: 0,
      isComplete: true,
    });
  });
});

test('16.13: export tells what is stored of the user, without secrets', async () => {
  const { context, store } = await start();
  const exported = await context.user('ada').export();
  expect(exported).toMatchObject({
    userId: 'ada',
    sessions: 1,
    records: { connection: 3, token: 1, feed: 4 },
  });
  expect(exported.connections.map(({ state }) => state)).toEqual(['connected', 'connected', 'connected']);
  const text = JSON.stringify(exported);
  for (const key of await store.list('')) {
    const secrets =
      (await store.get(key))?.value.match(/"(token|password|accessToken|refreshToken)":"([^"]+)"/g) ?? [];
    for (const secret of secrets) expect(text).not.toContain(secret.split('"')[3]);
  }
  expect(text).not.toContain('grace');
});

test('16.13: export lists what tools did and what waits for approval, without what approves it', async () => {
  const { context, store, everything } = startDeliveries();
  for (const userId of ['ada', 'grace']) {
    const tools = contextTools(await everything(userId), { timeZone: 'UTC' });
    await tools['draft_mail']?.execute({ to: ['a@example.com'], subject: `Of ${userId}`, text: 'x' });
    await tools['send_draft']?.execute({ draft: 'd1' });
  }
  await store.compareAndSet('tool-action/ada/google/damaged', undefined, '{"data":{"kind":7}}');
  await store.compareAndSet('tool-approval/ada/google/damaged', undefined, '');
  const { toolActions, records } = await context.user('ada').export();
  const [waiting] = await context.actions.pending('ada');
  expect(toolActions).toMatchObject([
    { id: waiting?.id, tool: 'send_draft', state: 'waiting', at: waiting?.expiresAt },
    { tool: 'draft_mail', provider: 'google', state: 'done', content: { kind: 'draft-created' } },
  ]);
  expect(records).toMatchObject({ 'tool-action': 2, 'tool-approval': 2 });
  const text = JSON.stringify(toolActions);
  expect(text).toContain('Of ada');
  expect(text).not.toContain('Of grace');
  expect(waiting?.token).toMatch(/^p\w+\../);
  expect(text).not.toContain(waiting?.token.split('.')[1]);
});
