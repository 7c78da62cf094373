import { memoryStore, type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { googleTokens, startContext } from '../support/start-context.ts';
import { type Deliveries, READONLY, startDeliveries } from '../support/start-deliveries.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };
const MAIL = 'From: a@example.com\r\nTo: ada@example.com\r\nSubject: x\r\n\r\nHello\r\n';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function pass(ms: number): void {
  vi.setSystemTime(Date.now() + ms);
}

async function settle({ sandbox }: Deliveries): Promise<void> {
  await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
}

/** Changes something in all services that push. */
function change({ sandbox }: Deliveries): void {
  sandbox.google.testUser().calendar.addEvent({ summary: 'New', ...SOON });
  sandbox.google.testUser().gmail.receive(MAIL);
  const assignedTo = sandbox.azureDevOps.people[0]?.uniqueName ?? '';
  const fields = { 'System.Title': 'For you', 'System.AssignedTo': assignedTo };
  sandbox.azureDevOps.testUser().create({ type: 'Task', fields });
}

const lost = async (): Promise<Response> => new Response(null, { status: 204 });

describe('16.31: a push that gets lost is found by a slow poll', () => {
  test('of each service, an hour later', async () => {
    const sandbox = { google: { deliver: lost }, azureDevOps: { seed: 'empty', deliver: lost } } as const;
    const started = startDeliveries({ sandbox });
    const { context, everything, events } = started;
    await everything();
    await context.runMaintenance();
    change(started);
    await settle(started);
    pass(10 * MINUTE);
    await context.runMaintenance();
    const pushed = (): string[] =>
      events.map(({ source }) => source).filter((source) => source !== 'ticktick');
    expect(pushed()).toEqual([]);
    pass(HOUR);
    await context.runMaintenance();
    expect(pushed().toSorted()).toEqual(['azure-devops', 'gmail', 'google-calendar']);
    pass(HOUR);
    await context.runMaintenance();
    expect(pushed()).toHaveLength(3);
  });

  test('as often as the host wants', async () => {
    const started = startDeliveries({ sandbox: { google: { deliver: lost } } });
    const { context, everything, events } = started;
    await everything();
    await context.runMaintenance({ slowPollEveryMs: 5 * MINUTE });
    started.sandbox.google.testUser().calendar.addEvent({ summary: 'New', ...SOON });
    pass(6 * MINUTE);
    await context.runMaintenance({ slowPollEveryMs: 5 * MINUTE });
    expect(events.map(({ source }) => source)).toEqual(['google-calendar']);
  });

  test('what a push has told is not told again', async () => {
    const started = startDeliveries();
    const { context, everything, events } = started;
    await everything();
    await context.runMaintenance();
    pass(MINUTE);
    change(started);
    await settle(started);
    const before = events.length;
    expect(before).toBeGreaterThan(2);
    for (let hours = 0; hours < 3; hours += 1) {
      pass(HOUR + MINUTE);
      await context.runMaintenance();
    }
    expect(events.slice(before)).toEqual([]);
  });
});

test('a push that is repeated says nothing of what has changed since it was told', async () => {
  let isLost = false;
  const sent: Request[] = [];
  const deliver = async (url: string, init?: RequestInit): Promise<Response> => {
    if (isLost) return await lost();
    sent.push(new Request(url, init));
    return await started.handler(new Request(url, init));
  };
  const started = startDeliveries({ sandbox: { google: { deliver } } });
  const { context, sandbox, everything, events, handler } = started;
  await everything();
  await context.runMaintenance();
  const { calendar } = sandbox.google.testUser();
  pass(MINUTE);
  calendar.addEvent({ summary: 'told', ...SOON });
  await settle(started);
  pass(MINUTE);
  isLost = true;
  calendar.addEvent({ summary: 'not told', ...SOON });
  await settle(started);
  events.length = 0;
  pass(MINUTE);
  // As if the answer had got lost: Google delivers the first one again.
  const repeated = sent.at(-1);
  expect(repeated && (await handler(repeated)).status).toBe(204);
  pass(HOUR + MINUTE);
  await context.runMaintenance();
  expect(events.map(({ raw }) => JSON.stringify(raw))).toEqual([expect.stringContaining('not told')]);
});

test('what a push has told is not told again, also if the store fails for a moment', async () => {
  const kept = memoryStore();
  let failures = 0;
  let isAway = false;
  const store: RecordStore = {
    get: (key) => kept.get(key),
    list: (prefix, options) => kept.list(prefix, options),
    delete: (key, expected) => kept.delete(key, expected),
    async compareAndSet(key, ...rest) {
      if (!isAway || !key.startsWith('channel/')) return await kept.compareAndSet(key, ...rest);
      isAway = false;
      failures += 1;
      throw new StoreError('unavailable', 'The store was away.');
    },
  };
  const started = startDeliveries({ store });
  const { context, sandbox, everything, events } = started;
  await everything();
  await context.runMaintenance();
  pass(MINUTE);
  isAway = true;
  sandbox.google.testUser().calendar.addEvent({ summary: 'told', ...SOON });
  await settle(started);
  expect(failures).toBe(1);
  events.length = 0;
  pass(HOUR + MINUTE);
  await context.runMaintenance();
  expect(events).toEqual([]);
});

describe('16.32: a process that dies while it opens a push', () => {
  /** A store that fails for good once a push was opened at a service: to the service, the process has died. */
  function dyingStore(kept: RecordStore): RecordStore & { die: () => void } {
    let isDead = false;
    const guard = (): void => {
      if (isDead) throw new StoreError('unavailable', 'The process is dead.');
    };
    return {
      die: () => void (isDead = true),
      get: async (key) => (guard(), await kept.get(key)),
      list: async (prefix, options) => (guard(), await kept.list(prefix, options)),
      delete: async (key, expected) => (guard(), await kept.delete(key, expected)),
      compareAndSet: async (key, expected, value, options) => (
        guard(),
        await kept.compareAndSet(key, expected, value, options)
      ),
    };
  }

  test('a channel: its deliveries are refused after a disconnect, and it is stopped once its resource is known', async () => {
    const kept = memoryStore();
    const store = dyingStore(kept);
    const started = startDeliveries({
      store,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const isDying = request.url.includes('/events/watch') || request.url.includes('/channels/stop');
        const response = await started.sandbox.fetch(request);
        if (isDying) store.die();
        return response;
      },
    });
    const { sandbox } = started;
    await started.context.user('ada').connections.import('google', googleTokens(sandbox, [READONLY]));
    await started.context.runMaintenance().catch(() => undefined);
    const next = startContext({ store: kept, emulated: sandbox }).context;
    await next.user('ada').connections.disconnect('google');
    expect(await kept.list('channel/')).toEqual([]);
    expect(await kept.list('push/')).toEqual([]);
  });

  test('hooks: those that were created and never recorded go with the disconnect', async () => {
    const kept = memoryStore();
    const store = dyingStore(kept);
    let created = 0;
    const started = startDeliveries({
      store,
      fetch: async (input, init) => {
        const request = new Request(input, init);
        const isCreation = request.method === 'POST' && request.url.includes('/hooks/subscriptions');
        const response = await started.sandbox.fetch(request);
        if (isCreation && (created += 1) === 3) {
          store.die();
          throw new TypeError('The process is dead.');
        }
        if (created >= 3) throw new TypeError('The process is dead.');
        return response;
      },
    });
    const { sandbox } = started;
    await started.context
      .user('ada')
      .connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat() });
    await started.context.runMaintenance().catch(() => undefined);
    expect(sandbox.azureDevOps.hooks.subscriptions).toHaveLength(3);
    const next = startContext({ store: kept, emulated: sandbox }).context;
    // The dead process still holds its lease.
    await kept.delete('feed/ada/azure-devops');
    await next.user('ada').connections.disconnect('azure-devops');
    expect(sandbox.azureDevOps.hooks.subscriptions).toEqual([]);
    expect(await kept.list('')).toEqual([]);
  });

  test('the next maintenance closes what the dead one opened, and opens its own', async () => {
    const kept = memoryStore();
    const started = startDeliveries({ store: kept });
    const { context, sandbox, everything, requestsTo } = started;
    await everything();
    await context.runMaintenance();
    const state = await kept.get('feed/ada/google-calendar');
    // As if the process had died before it saved the state: its claim ends.
    await kept.delete('feed/ada/google-calendar', state?.version);
    await kept.schedule?.()?.plan('connection/ada/google/default', Date.now());
    await context.runMaintenance();
    expect(requestsTo('calendar.events.watch')).toHaveLength(2);
    // That of the calendar and that of the list.
    expect(requestsTo('calendar.channels.stop')).toHaveLength(2);
    expect(await kept.list('channel/')).toHaveLength(2);
    await settle(started);
    started.events.length = 0;
    sandbox.google.testUser().calendar.addEvent({ summary: 'New', ...SOON });
    await settle(started);
    expect(started.events).toHaveLength(1);
  });
});
