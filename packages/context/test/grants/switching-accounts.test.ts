import type { ContextEvent, User } from '@context-sdk/context';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { googleTokens } from '../support/start-context.ts';
import { type Deliveries, READONLY, startDeliveries } from '../support/start-deliveries.ts';

const MINUTE = 60_000;
const LOCAL = 'http://localhost:8000';
const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const [ADA, GRACE] = ['ada@example.com', 'grace@example.com'] as const;
const MAIL = 'From: a@example.com\r\nTo: x@example.com\r\nSubject: x\r\n\r\nHello\r\n';
const ACCOUNTS = [
  { id: 1, username: ADA, displayName: 'Ada', timeZone: 'UTC' },
  { id: 2, username: GRACE, displayName: 'Grace', timeZone: 'UTC' },
];
const IDS = { [ADA]: '1082', [GRACE]: '1133' } as const;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

function start(options: Parameters<typeof startDeliveries>[0] = {}): Deliveries {
  return startDeliveries({ ...options, sandbox: { ticktick: { accounts: ACCOUNTS } } });
}

async function signInAt(google: Deliveries['sandbox'], user: User, email: typeof ADA | typeof GRACE) {
  const tokens = googleTokens(google, [READONLY], email);
  await user.connections.import('google', tokens, { account: { id: IDS[email], email } });
}

async function tickTick({ sandbox }: Deliveries, user: User, account: string): Promise<void> {
  await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken(account) });
}

async function settle({ sandbox }: Deliveries): Promise<void> {
  await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
}

function told(events: readonly ContextEvent[]): string[] {
  return events.map(({ source, type }) => `${source} ${type}`);
}

describe('16.2: another account begins with nothing of the one before', () => {
  test.each(['disconnects between', 'does not disconnect'])('TickTick, a user who %s', async (how) => {
    const started = start({ baseUrl: LOCAL });
    const { context, sandbox, events, store } = started;
    const user = context.user('ada');
    await tickTick(started, user, ADA);
    for (const title of ['one', 'two', 'three']) sandbox.ticktick.testUser(ADA).createTask({ title });
    await context.runMaintenance();
    if (how === 'disconnects between') await user.connections.disconnect('ticktick');
    await tickTick(started, user, GRACE);
    expect(await store.list('task-changes/')).toEqual([]);
    for (let poll = 0; poll < 3; poll += 1) {
      await context.runMaintenance();
      pass(2 * MINUTE);
    }
    expect(events).toEqual([]);
    sandbox.ticktick.testUser(GRACE).createTask({ title: 'hers' });
    sandbox.ticktick.testUser(ADA).createTask({ title: 'his' });
    await context.runMaintenance();
    expect(events.map(({ data }) => data)).toMatchObject([{ title: 'hers' }]);
  });

  test('Google, polling', async () => {
    const { context, sandbox, events } = start({ baseUrl: LOCAL });
    const user = context.user('ada');
    await signInAt(sandbox, user, ADA);
    await context.runMaintenance();
    await signInAt(sandbox, user, GRACE);
    sandbox.google.testUser(ADA).calendar.addEvent({ summary: 'his', ...SOON });
    expect((await context.runMaintenance()).failures).toEqual([]);
    expect(events).toEqual([]);
    sandbox.google.testUser(GRACE).calendar.addEvent({ summary: 'hers', ...SOON });
    sandbox.google.testUser(GRACE).gmail.receive(MAIL);
    pass(2 * MINUTE);
    expect((await context.runMaintenance()).failures).toEqual([]);
    expect(told(events).toSorted()).toEqual(['gmail mailbox.changed', 'google-calendar changed']);
    expect(JSON.stringify(events)).not.toContain('"his"');
  });

  test('Google, push: the old channel is stopped with the old tokens, and its deliveries are refused', async () => {
    const started = start();
    const { context, sandbox, events, delivered, redeliver, requestsTo } = started;
    const user = context.user('ada');
    await signInAt(sandbox, user, ADA);
    await context.runMaintenance();
    sandbox.google.testUser(ADA).calendar.addEvent({ summary: 'his', ...SOON });
    await settle(started);
    const before = delivered.length;
    await signInAt(sandbox, user, GRACE);
    expect(requestsTo('calendar.channels.stop')).toMatchObject([{ status: 204 }, { status: 204 }]);
    expect(requestsTo('gmail.users.stop')).toMatchObject([{ status: 204 }]);
    const followed = await context.subscriptions.ensure('ada');
    expect(followed.map(({ service, did }) => `${service} ${did}`)).toEqual([
      'google-calendar opened',
      'gmail opened',
    ]);
    await settle(started);
    events.length = 0;
    for (let index = 0; index < before; index += 1) {
      expect(await redeliver(index)).toBe(delivered[index]?.request.url.endsWith('calendar') ? 401 : 204);
    }
    sandbox.google.testUser(ADA).gmail.receive(MAIL);
    sandbox.google.testUser(ADA).calendar.addEvent({ summary: 'again', ...SOON });
    await settle(started);
    expect(events).toEqual([]);
    sandbox.google.testUser(GRACE).gmail.receive(MAIL);
    sandbox.google.testUser(GRACE).calendar.addEvent({ summary: 'hers', ...SOON });
    await settle(started);
    expect(told(events).toSorted()).toEqual(['gmail mailbox.changed', 'google-calendar changed']);
  });

  test('16.32: a channel that is opened while the same account signs in again is stopped by its new tokens', async () => {
    let again: Promise<void> | undefined;
    const started = start({
      fetch: async (input, init) => {
        const response = await started.sandbox.fetch(input, init);
        if (/events\/watch/.test(new Request(input, init).url))
          await (again ??= signInAt(started.sandbox, user, ADA));
        return response;
      },
    });
    const { context, sandbox, requestsTo } = started;
    const user = context.user('ada');
    await signInAt(sandbox, user, ADA);
    for (let look = 0; look < 2; look += 1) await context.subscriptions.ensure('ada');
    await user.connections.disconnect('google');
    const opened =
      requestsTo('calendar.events.watch').length + requestsTo('calendar.calendarList.watch').length;
    const stopped = requestsTo('calendar.channels.stop').filter(({ status }) => status === 204);
    expect([opened > 2, stopped.length]).toEqual([true, opened]);
    const before = sandbox.google.push.deliveries.length;
    sandbox.google.testUser(ADA).calendar.addEvent({ summary: 'his', ...SOON });
    await settle(started);
    expect(sandbox.google.push.deliveries.length).toBe(before);
  });

  test('a poll that is under way while the user switches tells nothing of the account before', async () => {
    let switched: Promise<void> | undefined;
    const started = start({
      baseUrl: LOCAL,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const response = await sandbox.fetch(request);
        if (isArmed && request.url.includes('/events?')) {
          isArmed = false;
          switched = signInAt(sandbox, context.user('ada'), GRACE);
          await context.user('ada').connections.get('google');
        }
        return response;
      },
    });
    const { context, sandbox, events } = started;
    let isArmed = false;
    await signInAt(sandbox, context.user('ada'), ADA);
    await context.runMaintenance();
    sandbox.google.testUser(ADA).calendar.addEvent({ summary: 'his', ...SOON });
    pass(2 * MINUTE);
    isArmed = true;
    await context.runMaintenance();
    await switched;
    await context.runMaintenance();
    sandbox.google.testUser(GRACE).calendar.addEvent({ summary: 'hers', ...SOON });
    pass(2 * MINUTE);
    await context.runMaintenance();
    expect(events.filter(({ source }) => source === 'google-calendar')).toHaveLength(events.length);
    expect(JSON.stringify(events)).toContain('"hers"');
    expect(JSON.stringify(events)).not.toContain('"his"');
  });
});

describe('16.2: the same account keeps its positions', () => {
  test('of a new sign-in: what changed meanwhile is told', async () => {
    const started = start({ baseUrl: LOCAL });
    const { context, sandbox, events } = started;
    const user = context.user('ada');
    await signInAt(sandbox, user, ADA);
    await tickTick(started, user, ADA);
    await context.runMaintenance();
    sandbox.google.testUser(ADA).calendar.addEvent({ summary: 'meanwhile', ...SOON });
    sandbox.ticktick.testUser(ADA).createTask({ title: 'meanwhile' });
    await signInAt(sandbox, user, ADA);
    await tickTick(started, user, ADA);
    pass(2 * MINUTE);
    await context.runMaintenance();
    expect(told(events).toSorted()).toEqual(['google-calendar changed', 'ticktick task.created']);
  });

  test('a channel stays open', async () => {
    const { context, sandbox, requestsTo } = start();
    const user = context.user('ada');
    await signInAt(sandbox, user, ADA);
    await context.runMaintenance();
    await signInAt(sandbox, user, ADA);
    await context.runMaintenance();
    expect(requestsTo('calendar.events.watch')).toHaveLength(1);
    expect(requestsTo('calendar.channels.stop')).toHaveLength(0);
  });
});

describe('16.3: what ends, and what begins again', () => {
  test('after a revocation that maintenance noticed, signing in again polls at once', async () => {
    const started = start({ baseUrl: LOCAL });
    const { context, sandbox, events } = started;
    const user = context.user('ada');
    await signInAt(sandbox, user, ADA);
    await context.runMaintenance();
    sandbox.google.revokeGrants(ADA);
    pass(2 * MINUTE);
    const { failures } = await context.runMaintenance();
    expect(failures.map(({ error }) => error.code)).toEqual([
      'reauthorization_required',
      'reauthorization_required',
    ]);
    expect(await context.runMaintenance()).toMatchObject({ polled: 0 });
    sandbox.google.testUser(ADA).calendar.addEvent({ summary: 'meanwhile', ...SOON });
    await signInAt(sandbox, user, ADA);
    expect(await context.runMaintenance()).toMatchObject({ polled: 2, events: 1 });
    expect(told(events)).toEqual(['google-calendar changed']);
  });

  test.each([LOCAL, 'https://host.example'])(
    'after disconnecting everything nothing is left (%s)',
    async (baseUrl) => {
      const started = start({ baseUrl });
      const { context, sandbox, everything, store } = started;
      const user = await everything();
      await context.runMaintenance();
      sandbox.google.testUser().calendar.addEvent({ summary: 'x', ...SOON });
      sandbox.google.testUser().gmail.receive(MAIL);
      const task = sandbox.ticktick.testUser().createTask({ title: 'x' });
      await settle(started);
      pass(10 * MINUTE);
      await context.runMaintenance();
      await user.blockTime(task, {
        durationMinutes: 30,
        within: { from: '2099-03-02T09:00:00Z', to: '2099-03-02T17:00:00Z' },
      });
      await user.createWorkItem(task, { project: sandbox.azureDevOps.organization.projects[0]?.name });
      for (const provider of ['ticktick', 'google', 'azure-devops'] as const) {
        await user.connections.disconnect(provider);
      }
      expect(await store.list('')).toEqual([]);
      expect(sandbox.azureDevOps.hooks.subscriptions).toEqual([]);
    },
  );

  test('a sync that is under way leaves nothing behind a disconnect', async () => {
    let ending: Promise<unknown> | undefined;
    const started = start({
      fetch: async (input, init) => {
        const request = new Request(input, init);
        if (request.url.includes('/watch') && ending === undefined) {
          ending = context.user('ada').connections.disconnect('google');
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
        return await sandbox.fetch(request);
      },
    });
    const { context, sandbox, store } = started;
    await signInAt(sandbox, context.user('ada'), ADA);
    await context.runMaintenance();
    await ending;
    expect(await store.list('')).toEqual([]);
  });
});

describe('16.4: a position that the service does not take any more begins anew', () => {
  test.each([
    ['410', { kind: 'status', status: 410 }],
    [
      '410 with another reason',
      { kind: 'status', status: 410, body: { error: { code: 410, errors: [{ reason: 'deleted' }] } } },
    ],
  ] as const)('of the calendar, refused with %s', async (_name, fault) => {
    const { context, sandbox, events } = start({ baseUrl: LOCAL });
    await signInAt(sandbox, context.user('ada'), ADA);
    await context.runMaintenance();
    sandbox.google.testUser(ADA).calendar.addEvent({ summary: 'meanwhile', ...SOON });
    sandbox.faults.inject(fault, { path: /\/events$/, rate: 1, times: 1 });
    pass(2 * MINUTE);
    expect(await context.runMaintenance()).toMatchObject({ failures: [], events: 1 });
    sandbox.faults.clear();
    pass(2 * MINUTE);
    expect(await context.runMaintenance()).toMatchObject({ failures: [], events: 0 });
    expect(told(events)).toEqual(['google-calendar changed']);
  });

  test('of the calendar, damaged in the store', async () => {
    const { context, sandbox, store, events } = start({ baseUrl: LOCAL });
    await signInAt(sandbox, context.user('ada'), ADA);
    await context.runMaintenance();
    const key = 'feed/ada/google-calendar';
    const record = await store.get(key);
    await store.compareAndSet(
      key,
      record?.version,
      (record?.value ?? '').replace(/"cursor":"[^"]+"/, '"cursor":"?"'),
    );
    sandbox.google.testUser(ADA).calendar.addEvent({ summary: 'meanwhile', ...SOON });
    pass(2 * MINUTE);
    expect(await context.runMaintenance()).toMatchObject({ failures: [] });
    expect(told(events)).toEqual(['google-calendar changed']);
  });
});
