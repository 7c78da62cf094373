import type { ContextEvent } from '@context-sdk/context';
import { memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startContext } from '../support/start-context.ts';
import { startDeliveries } from '../support/start-deliveries.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Where no service can deliver to. */
const LOCAL = 'http://localhost:8000';
const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

function told(events: readonly ContextEvent[]): unknown[] {
  return events.map(({ source, type, userId }) => [source, type, userId]);
}

describe('where the world does not reach the host', () => {
  test('changes of every service are found by polling, each once', async () => {
    const { context, sandbox, everything, events } = startDeliveries({ baseUrl: 'http://localhost:8000' });
    const user = await everything();
    const report = await context.runMaintenance();
    expect(report).toMatchObject({ connections: 3, renewed: 0, polled: 4, events: 0, failures: [] });

    sandbox.ticktick.testUser().createTask({ title: 'From the phone' });
    sandbox.google.testUser().calendar.addEvent({ summary: 'New', ...SOON });
    sandbox.google
      .testUser()
      .gmail.receive('From: a@example.com\r\nTo: ada@example.com\r\nSubject: x\r\n\r\nHello\r\n');
    const assignedTo = sandbox.azureDevOps.people[0]?.uniqueName ?? '';
    sandbox.azureDevOps.testUser().create({
      type: 'Task',
      fields: { 'System.Title': 'For you', 'System.AssignedTo': assignedTo },
    });
    expect((await context.runMaintenance()).polled).toBe(0);
    pass(6 * 60_000);
    expect(await context.runMaintenance()).toMatchObject({ polled: 4, events: 4, failures: [] });
    expect(told(events)).toEqual(
      expect.arrayContaining([
        ['ticktick', 'task.created', 'ada'],
        ['google-calendar', 'changed', 'ada'],
        ['gmail', 'mailbox.changed', 'ada'],
        ['azure-devops', 'workitem.changed', 'ada'],
      ]),
    );
    pass(6 * 60_000);
    expect((await context.runMaintenance()).events).toBe(0);
    expect(user.id).toBe('ada');
  });

  test('an event that the host did not take comes again, and nothing behind it is lost', async () => {
    let isDown = true;
    const { context, sandbox, everything, events } = startDeliveries({
      baseUrl: 'http://localhost:8000',
      onEvent: () => {
        if (isDown) throw new Error('down');
      },
    });
    await everything();
    await context.runMaintenance();
    for (const title of ['one', 'two']) sandbox.ticktick.testUser().createTask({ title });
    sandbox.google.testUser().calendar.addEvent({ summary: 'New', ...SOON });
    pass(2 * 60_000);
    const failed = await context.runMaintenance();
    expect(failed.failures.map(({ service, error }) => `${service} ${error.code}`).toSorted()).toEqual([
      'google-calendar event_not_handled',
      'ticktick event_not_handled',
    ]);
    isDown = false;
    expect((await context.runMaintenance()).events).toBe(3);
    expect(events.map(({ type }) => type).toSorted()).toEqual(['changed', 'task.created', 'task.created']);
  });

  test('one service down, one user gone: the others are looked after, and the failures named', async () => {
    const { context, sandbox, everything } = startDeliveries({ baseUrl: 'http://localhost:8000' });
    await everything('ada');
    await everything('grace');
    sandbox.azureDevOps.revokePats();
    sandbox.faults.inject({ kind: 'status', status: 503 }, { host: 'gmail.googleapis.com', rate: 1 });
    const { connections, polled, failures } = await context.runMaintenance();
    expect([connections, polled]).toEqual([6, 4]);
    expect(
      failures.map(({ userId, service, error }) => `${userId} ${service} ${error.code}`).toSorted(),
    ).toEqual([
      'ada azure-devops reauthorization_required',
      'ada gmail service_unavailable',
      'grace azure-devops reauthorization_required',
      'grace gmail service_unavailable',
    ]);
    sandbox.faults.clear();
    pass(2 * 60_000);
    // The tokens that were refused are not tried again for an hour.
    expect(await context.runMaintenance()).toMatchObject({ polled: 6, failures: [] });
  });
});

describe('where it does', () => {
  test('19.5: what is open is renewed before it ends, and the old channel goes', async () => {
    const { context, sandbox, everything, events, requestsTo } = startDeliveries();
    await everything();
    expect((await context.runMaintenance()).renewed).toBe(3);
    expect((await context.runMaintenance()).renewed).toBe(0);
    const opened = requestsTo('calendar.events.watch').length;
    for (let day = 0; day < 8; day += 1) {
      pass(DAY + HOUR);
      sandbox.clock.advance(DAY + HOUR);
      await context.runMaintenance();
    }
    await sandbox.google.push.settled();
    expect(requestsTo('calendar.events.watch').length).toBeGreaterThan(opened);
    const watches = [...requestsTo('calendar.events.watch'), ...requestsTo('calendar.calendarList.watch')];
    expect(requestsTo('calendar.channels.stop').length).toBe(watches.length - 2);
    events.length = 0;
    sandbox.google.testUser().calendar.addEvent({ summary: 'New', ...SOON });
    await sandbox.google.push.settled();
    expect(told(events)).toEqual([['google-calendar', 'changed', 'ada']]);
  });

  test.each([
    ['granted for an hour', { maxChannelSeconds: 3600 }],
    ['granted without a word on how long', { maxChannelSeconds: 3600, showsChannelExpiration: false }],
  ])('19.5: a channel %s is renewed at half its life, and not before', async (_name, google) => {
    const { context, sandbox, everything, events, requestsTo } = startDeliveries({ sandbox: { google } });
    await everything();
    const watched: number[] = [];
    for (const minutes of [0, 10, 19, 2, 29, 2]) {
      pass(minutes * 60_000);
      await context.runMaintenance();
      watched.push(requestsTo('calendar.events.watch').filter(({ status }) => status === 200).length);
    }
    expect(watched).toEqual([1, 1, 1, 2, 2, 3]);
    // The list's channel as often.
    expect(requestsTo('calendar.channels.stop')).toHaveLength(4);
    await sandbox.google.push.settled();
    events.length = 0;
    sandbox.google.testUser().calendar.addEvent({ summary: 'New', ...SOON });
    await sandbox.google.push.settled();
    expect(told(events)).toEqual([['google-calendar', 'changed', 'ada']]);
  });

  test('19.5: a channel that could not be recorded is stopped', async () => {
    const kept = memoryStore();
    const store: RecordStore = {
      get: (key) => kept.get(key),
      list: (prefix, options) => kept.list(prefix, options),
      delete: (key, expected) => kept.delete(key, expected),
      async compareAndSet(key, expected, value, options) {
        const isOpenChannel = key.includes('google-calendar') && value.includes('resourceId');
        if (isOpenChannel) throw new StoreError('unavailable', 'The store is full.');
        return await kept.compareAndSet(key, expected, value, options);
      },
    };
    const { everything, context, requestsTo } = startDeliveries({ store });
    await everything();
    await context.runMaintenance();
    expect(requestsTo('calendar.events.watch')).toHaveLength(1);
    expect(requestsTo('calendar.channels.stop').filter(({ status }) => status === 204)).toHaveLength(1);
    expect(await store.list('channel/')).toEqual([]);
  });

  test('two processes at once open each channel once', async () => {
    const { context, store, sandbox, everything, requestsTo } = startDeliveries();
    await everything();
    const other = startContext({ store, emulated: sandbox }).context;
    await Promise.all([context, other, context].map((one) => one.runMaintenance()));
    expect(requestsTo('calendar.events.watch')).toHaveLength(1);
    expect(sandbox.azureDevOps.hooks.subscriptions).toHaveLength(5);
  });

  test('who may not subscribe is polled instead, and told why', async () => {
    const { context, sandbox, everything } = startDeliveries();
    await everything();
    sandbox.faults.inject(
      { kind: 'status', status: 403 },
      { path: /\/_apis\/hooks\/subscriptions/, rate: 1 },
    );
    const followed = await context.subscriptions.ensure('ada');
    expect(followed.find(({ service }) => service === 'azure-devops')).toMatchObject({
      mode: 'polling',
      did: 'polled',
      error: { code: 'permission_denied' },
    });
  });

  test('disconnecting stops channels and hooks, and deliveries of them are refused', async () => {
    const { context, sandbox, everything, delivered, redeliver, store, requestsTo } = startDeliveries();
    const user = await everything();
    await context.subscriptions.ensure('ada');
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
    await user.connections.disconnect('google');
    await user.connections.disconnect('azure-devops');
    expect(requestsTo('calendar.channels.stop')).toHaveLength(2);
    expect(sandbox.azureDevOps.hooks.subscriptions).toEqual([]);
    const statuses = await Promise.all(
      [...delivered.keys()].map(async (index) => [
        delivered[index]?.request.url.split('/').at(-1),
        await redeliver(index),
      ]),
    );
    expect(new Set(statuses.map(String))).toEqual(new Set(['calendar,401', 'azure-devops,401']));
    for (const prefix of ['feed/', 'channel/', 'hook/', 'token/']) {
      expect((await store.list(prefix)).filter((key) => !key.includes('ticktick'))).toEqual([]);
    }
  });

  test('a disconnected service that is down keeps nobody connected', async () => {
    const { context, sandbox, everything } = startDeliveries();
    const user = await everything();
    await context.subscriptions.ensure('ada');
    sandbox.faults.inject({ kind: 'status', status: 500 }, { host: 'dev.azure.com', rate: 1 });
    await user.connections.disconnect('azure-devops');
    expect((await user.connections.get('azure-devops')).reason).toBe('never-connected');
  });

  test('one mailbox, two users: each is told, and one who leaves leaves the other’s watch', async () => {
    const { context, sandbox, everything, events } = startDeliveries();
    await everything('ada');
    await everything('grace');
    await context.runMaintenance();
    const mail = 'From: a@example.com\r\nTo: ada@example.com\r\nSubject: x\r\n\r\nHello\r\n';
    await sandbox.google.push.settled();
    events.length = 0;
    sandbox.google.testUser().gmail.receive(mail);
    await sandbox.google.push.settled();
    expect(told(events.filter(({ source }) => source === 'gmail'))).toEqual([
      ['gmail', 'mailbox.changed', 'ada'],
      ['gmail', 'mailbox.changed', 'grace'],
    ]);
    await context
      .user('ada')
      .connections.disconnect('google')
      .catch(() => undefined);
    expect(await context.user('grace').connections.get('google')).toMatchObject({ kind: 'oauth' });
  });
});

describe('17: a store that fails', () => {
  test('a failure that is no StoreError loses no change', async () => {
    const inner = memoryStore();
    let isAway = false;
    const store: RecordStore = {
      get: async (key) => {
        if (isAway && key.endsWith('/snapshot')) throw new TypeError('fetch failed');
        return await inner.get(key);
      },
      compareAndSet: (...args) => inner.compareAndSet(...args),
      delete: (...args) => inner.delete(...args),
      list: (...args) => inner.list(...args),
    };
    const { context, sandbox, everything, events } = startDeliveries({ baseUrl: LOCAL, store });
    await everything();
    await context.runMaintenance();
    sandbox.ticktick.testUser().createTask({ title: 'From the phone' });
    pass(2 * 60_000);
    isAway = true;
    const { failures } = await context.runMaintenance();
    expect(failures.map(({ service }) => service)).toEqual(['ticktick']);
    isAway = false;
    pass(2 * 60_000);
    await context.runMaintenance();
    expect(told(events)).toEqual([['ticktick', 'task.created', 'ada']]);
  });

  test('an event that was handled at the second try is not told again once its record has run out', async () => {
    const inner = memoryStore();
    let isDeleting = true;
    const store: RecordStore = {
      get: (key) => inner.get(key),
      compareAndSet: (...args) => inner.compareAndSet(...args),
      delete: async (...args) => {
        if (!isDeleting) throw new StoreError('unavailable', 'The store is away.');
        return await inner.delete(...args);
      },
      list: (...args) => inner.list(...args),
    };
    let isDown = true;
    const { context, sandbox, everything, events } = startDeliveries({
      baseUrl: LOCAL,
      store,
      onEvent: () => {
        if (isDown) throw new Error('down');
      },
    });
    await everything();
    await context.runMaintenance();
    sandbox.ticktick.testUser().createTask({ title: 'From the phone' });
    pass(2 * 60_000);
    await context.runMaintenance();
    isDown = false;
    isDeleting = false;
    expect((await context.runMaintenance()).events).toBe(1);
    isDeleting = true;
    for (let day = 0; day < 3; day += 1) {
      pass(60_000);
      await context.runMaintenance();
      pass(DAY);
    }
    expect(told(events)).toEqual([['ticktick', 'task.created', 'ada']]);
  });
});

test('an abort ends the maintenance with its reason', async () => {
  const { context, everything } = startDeliveries({ store: memoryStore() });
  await everything();
  const reason = new Error('shutting down');
  await expect(context.runMaintenance({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
