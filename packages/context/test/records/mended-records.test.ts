import { memoryStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { providersOf, startContext } from '../support/start-context.ts';
import { startDeliveries } from '../support/start-deliveries.ts';
import { damage, DAMAGES, plain } from './damage.ts';

const WAYS = Object.keys(DAMAGES).filter((how) => how !== 'encrypted with a key that is gone');
const WITHIN = { from: '2099-03-02T09:00:00Z', to: '2099-03-02T17:00:00Z' };
const DOWN = { kind: 'status', status: 503 } as const;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A host whose users may act as the owner of its own token. */
function startShared() {
  const sandbox = createSandbox({ seed: 'empty' });
  const providers = providersOf(sandbox);
  const azureDevOps = { ...providers.azureDevOps, shared: true, token: sandbox.azureDevOps.issuePat() };
  return startContext({ emulated: sandbox, providers: { ...providers, azureDevOps } });
}

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

describe.each(WAYS)('16.15: doctor keeps what can’t be had again of a record that was %s', (how) => {
  test('hooks that Azure DevOps has not deleted are still refused', async () => {
    const store = memoryStore();
    const { context, everything, sandbox, delivered } = startDeliveries({ store });
    const { connections } = await everything();
    await context.subscriptions.ensure('ada');
    sandbox.faults.inject(DOWN, { path: /hooks\/subscriptions\/./, method: 'DELETE', rate: 1 });
    await connections.disconnect('azure-devops');
    for (const key of await store.list('ended-hook/')) await damage(plain(store), key, how);
    await context.doctor({ mend: true });
    expect((await context.doctor()).findings).toEqual([]);
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'late' } });
    await sandbox.azureDevOps.hooks.settled();
    expect(delivered.at(-1)?.status).toBe(410);
    const withoutEnd = how === 'replaced by an object of another kind' ? 1 : 0;
    vi.setSystemTime(Date.now() + 91 * DAY);
    expect(await store.list('ended-hook/')).toHaveLength(withoutEnd);
  });

  test('pushes end with their connection', async () => {
    const store = memoryStore();
    const { context, everything, sandbox } = startDeliveries({ store });
    const { connections } = await everything();
    await context.subscriptions.ensure('ada');
    for (const key of await store.list('push/ada/azure-devops/')) await damage(plain(store), key, how);
    await context.doctor({ mend: true });
    expect((await context.doctor()).findings).toEqual([]);
    await connections.disconnect('azure-devops');
    expect(sandbox.azureDevOps.hooks.subscriptions).toEqual([]);
  });

  test('blocks follow their task', async () => {
    const store = memoryStore();
    const { context, sandbox, connectedUser } = startContext({ store });
    const user = await connectedUser();
    const { id, projectId, title } = sandbox.ticktick.testUser().createTask({ title: 'work' });
    await user.blockTime({ id, projectId, title }, { durationMinutes: 30, within: WITHIN });
    for (const key of await store.list('block-time/'))
      if (key.endsWith(id)) await damage(plain(store), key, how);
    await context.doctor({ mend: true });
    expect((await context.doctor()).findings).toEqual([]);
    sandbox.ticktick.testUser().updateTask(id, { title: 'other work' });
    await user.followTask({ id, projectId });
    const blocks = await user.calendar.events.list({ q: 'other work' }).toArray();
    expect(blocks.map(({ summary }) => summary)).toEqual(['other work']);
  });

  test('a user with an account of their own does not become the owner of the host’s token', async () => {
    const { context, sandbox, store } = startShared();
    const { connections } = context.user('ada');
    await connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    await damage(plain(store), 'connection/ada/azure-devops/default', how);
    await damage(plain(store), 'own-connection/ada/azure-devops', how);
    await context.doctor({ mend: true });
    expect((await context.doctor()).findings).toEqual([]);
    expect(await connections.get('azure-devops')).toMatchObject({ state: 'needs-reauthorization' });
    await connections.disconnect('azure-devops');
    expect(await connections.get('azure-devops')).toMatchObject({ kind: 'shared' });
  });
});

test('16.15: nor does one whose orphaned tokens doctor has revoked', async () => {
  const { context, store } = startShared();
  const { connections } = context.user('ada');
  const tokens = { accessToken: 'a', refreshToken: 'r', obtainedAt: Date.now(), scopes: [] };
  await connections.import('azure-devops', tokens, { account: { id: '1' } });
  await store.delete('connection/ada/azure-devops/default');
  await context.doctor({ mend: true });
  expect(await store.list('token/')).toEqual([]);
  expect(await connections.get('azure-devops')).toMatchObject({ state: 'needs-reauthorization' });
});

test('16.15: doctor names an odd member of a shared mailbox, and takes it alone away', async () => {
  const store = memoryStore();
  const { context, everything } = startDeliveries({ store });
  for (const userId of ['ada', 'grace']) {
    await everything(userId);
    await context.subscriptions.ensure(userId);
  }
  const [key = ''] = await store.list('mailbox/');
  const { value = '', version } = (await store.get(key)) ?? {};
  const { members } = JSON.parse(value) as { members: object[] };
  const odd = JSON.stringify({ members: [null, { userId: 7 }, ...members] });
  await store.compareAndSet(key, version, odd, { ttlMs: MINUTE });
  expect((await context.doctor({ mend: true })).findings).toEqual([
    { kind: 'mailbox', key, problem: 'corrupt', mended: true },
  ]);
  expect((await store.get(key))?.value).toBe(JSON.stringify({ members }));
  expect((await context.doctor()).findings).toEqual([]);
  vi.setSystemTime(Date.now() + 15 * DAY);
  expect(await store.list('mailbox/')).toEqual([]);
});
