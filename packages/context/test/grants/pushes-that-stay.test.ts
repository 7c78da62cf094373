import type { AuditEvent, ContextOptions } from '@context-sdk/context';
import { memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { isAlive } from '../support/is-alive.ts';
import { googleTokens } from '../support/start-context.ts';
import { type Deliveries, READONLY, startDeliveries } from '../support/start-deliveries.ts';

const MINUTE = 60_000;
const DOWN = { kind: 'status', status: 503 } as const;
const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const ADA = { account: { id: '1082', email: 'ada@example.com' } };
const GRACE = { account: { id: '1133', email: 'grace@example.com' } };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** A context with pushes open, what it tells the audit log, and services that don't end pushes. */
async function start(options: Partial<ContextOptions> = {}) {
  const audited: AuditEvent[] = [];
  const started = startDeliveries({ ...options, onAudit: (event) => void audited.push(event) });
  const { context, sandbox } = started;
  const user = context.user('ada');
  const tokens = googleTokens(sandbox, [READONLY], 'ada@example.com');
  await user.connections.import('google', tokens, ADA);
  await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
  await context.runMaintenance();
  const remaining = (): AuditEvent[] => audited.filter(({ type }) => type === 'pushes-remain');
  return { ...started, user, tokens, remaining };
}

function refuseStops({ sandbox }: Deliveries): void {
  sandbox.faults.inject(DOWN, { path: /channels\/stop|users\/me\/stop/, rate: 1 });
  sandbox.faults.inject(DOWN, { path: /hooks\/subscriptions\/./, method: 'DELETE', rate: 1 });
}

function statusesOfHooks({ sandbox }: Deliveries): Set<string> {
  return new Set(sandbox.azureDevOps.hooks.subscriptions.map(({ status }) => status));
}

/** Changes something of each event, so that every hook delivers. */
async function changeWorkItems({ sandbox }: Deliveries): Promise<void> {
  const developer = sandbox.azureDevOps.testUser();
  const { id } = developer.create({ type: 'Task', fields: { 'System.Title': 'after the disconnect' } });
  developer.update(id, { 'System.Title': 'changed' });
  await sandbox.azureDevOps.hooks.settled();
}

describe('16.12: a service that does not end its pushes', () => {
  test('is named by disconnect, forget and the audit log, and its deliveries are refused', async () => {
    const started = await start();
    const { user, remaining, sandbox, events, store } = started;
    refuseStops(started);
    expect(await user.connections.disconnect('google')).toEqual({
      provider: 'google',
      outcome: 'ended',
      openPushes: ['google-calendar', 'gmail'],
    });
    const report = await user.forget();
    const ended = { provider: 'azure-devops', outcome: 'token-remains', openPushes: ['azure-devops'] };
    expect(report).toMatchObject({ connections: [ended], isComplete: false });
    expect(remaining()).toMatchObject([
      { provider: 'google', userId: 'ada', services: ['google-calendar', 'gmail'], accountId: '1082' },
      { provider: 'azure-devops', userId: 'ada', services: ['azure-devops'] },
    ]);
    events.length = 0;
    sandbox.google.testUser('ada@example.com').calendar.addEvent({ summary: 'late', ...SOON });
    await sandbox.google.push.settled();
    expect(events).toEqual([]);
    expect((await store.list('')).filter((key) => !key.startsWith('ended-hook/'))).toEqual([]);
  });

  test('and a service that does is not named', async () => {
    const { user, remaining } = await start();
    expect(await user.connections.disconnect('google')).toEqual({ provider: 'google', outcome: 'ended' });
    expect(await user.connections.disconnect('azure-devops')).toEqual({
      provider: 'azure-devops',
      outcome: 'token-remains',
    });
    expect(remaining()).toEqual([]);
  });

  test('nor one whose pushes another process has ended meanwhile', async () => {
    let isLate = false;
    const inner = memoryStore();
    const store: RecordStore = {
      ...inner,
      async get(key) {
        if (isLate && key.startsWith('push/')) await inner.delete(key);
        return await inner.get(key);
      },
    };
    const { user, remaining } = await start({ store });
    isLate = true;
    expect(await user.connections.disconnect('google')).toEqual({ provider: 'google', outcome: 'ended' });
    expect(remaining()).toEqual([]);
  });

  test.each(['disconnects', 'connects as somebody else', 'has revoked the token before'])(
    'Azure DevOps switches its hooks off at the next change, where the user %s',
    async (how) => {
      const started = await start();
      const { user, sandbox, store, events } = started;
      refuseStops(started);
      if (how === 'has revoked the token before') sandbox.azureDevOps.revokePats();
      if (how === 'connects as somebody else') {
        const person = sandbox.azureDevOps.people[1]?.uniqueName ?? '';
        await user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat({ person }) });
      } else {
        const { openPushes } = await user.connections.disconnect('azure-devops');
        expect(openPushes).toEqual(['azure-devops']);
      }
      sandbox.faults.clear();
      events.length = 0;
      expect(statusesOfHooks(started)).toEqual(new Set(['enabled']));
      await changeWorkItems(started);
      const [created, updated] = ['workitem.created', 'workitem.updated'].map((eventType) =>
        sandbox.azureDevOps.hooks.subscriptions.filter((hook) => hook.eventType === eventType),
      );
      const reached = [...(created ?? []), ...(updated ?? [])].filter(({ status }) => status !== 'enabled');
      expect(reached.length).toBeGreaterThanOrEqual(2);
      expect(new Set(reached.map(({ status }) => status))).toEqual(new Set(['disabledBySystem']));
      expect(started.delivered.slice(-2).map(({ status }) => status)).toEqual([410, 410]);
      expect(events).toEqual([]);
      expect((await store.get((await store.list('ended-hook/'))[0] ?? ''))?.value).not.toContain('ada');
    },
  );
});

test('16.15: hooks that stayed are switched off even if the record of their end can’t be read', async () => {
  const inner = memoryStore();
  const store: RecordStore = {
    ...inner,
    async get(key) {
      if (key.startsWith('ended-hook/')) throw new StoreError('key-missing', 'The key is gone.');
      return await inner.get(key);
    },
  };
  const started = await start({ store });
  refuseStops(started);
  await started.user.connections.disconnect('azure-devops');
  started.sandbox.faults.clear();
  await changeWorkItems(started);
  expect(started.delivered.slice(-2).map(({ status }) => status)).toEqual([410, 410]);
});

describe('16.12: Google is down altogether', () => {
  test.each(['disconnects', 'forgets', 'connects another account'])(
    'the pushes of a user who %s end with the tokens, once it is up',
    async (how) => {
      const started = await start();
      const { context, user, sandbox, requestsTo, store, tokens } = started;
      for (const name of ['www', 'gmail', 'oauth2'])
        sandbox.faults.inject(DOWN, { host: `${name}.googleapis.com`, rate: 1 });
      if (how === 'disconnects')
        expect(await user.connections.disconnect('google')).toMatchObject({ outcome: 'revocation-pending' });
      if (how === 'forgets') expect(await user.forget()).toMatchObject({ isComplete: false });
      if (how === 'connects another account')
        await user.connections.import(
          'google',
          googleTokens(sandbox, [READONLY], 'grace@example.com'),
          GRACE,
        );
      vi.setSystemTime(Date.now() + 2 * MINUTE);
      await context.runMaintenance();
      sandbox.faults.clear();
      vi.setSystemTime(Date.now() + 8 * MINUTE);
      await context.runMaintenance();
      const stopped = (operation: string): number =>
        requestsTo(operation).filter(({ status }) => status === 204).length;
      expect([stopped('calendar.channels.stop'), stopped('gmail.users.stop')]).toEqual([2, 1]);
      expect(await isAlive(sandbox, tokens.refreshToken)).toBe(false);
      expect(await store.list('ending-push/')).toEqual([]);
      if (how === 'forgets') {
        const left = await store.list('');
        expect(left.filter((key) => !key.startsWith('ended-hook/'))).toEqual([]);
      }
    },
  );
});

test('16.12: a push of an account that was left meanwhile waits for no revocation that is over', async () => {
  const store = memoryStore();
  let disconnect: (() => Promise<unknown>) | undefined;
  const started = startDeliveries({
    store,
    async fetch(input, init) {
      const response = await started.sandbox.fetch(input, init);
      const leave = disconnect;
      if (leave === undefined || !/events\/watch/.test(new Request(input, init).url)) return response;
      disconnect = undefined;
      // As if its process had stood still: nobody waits for this sync.
      await store.delete('feed/ada/google-calendar');
      await leave();
      return response;
    },
  });
  const { context, sandbox } = started;
  const { connections } = context.user('ada');
  await connections.import('google', googleTokens(sandbox, [], 'ada@example.com'), ADA);
  refuseStops(started);
  disconnect = () => connections.disconnect('google');
  await context.subscriptions.ensure('ada');
  expect(disconnect).toBe(undefined);
  expect(await store.list('')).toEqual([]);
});

test('16.12: a store that fails while pushes end keeps no token alive, and another disconnect leaves nothing', async () => {
  const inner = memoryStore();
  let isFailing = false;
  const store: RecordStore = {
    ...inner,
    async delete(key, expected) {
      if (isFailing && key.startsWith('push/')) throw new StoreError('unavailable', 'The table is locked.');
      return await inner.delete(key, expected);
    },
  };
  const { context, user, sandbox, tokens } = await start({ store });
  isFailing = true;
  await expect(user.connections.disconnect('google')).rejects.toThrow(StoreError);
  expect(await isAlive(sandbox, tokens.refreshToken)).toBe(false);
  isFailing = false;
  await user.connections.disconnect('google');
  await user.connections.disconnect('azure-devops');
  await context.runMaintenance();
  expect((await store.list('')).filter((key) => !key.startsWith('ended-hook/'))).toEqual([]);
});
