import type { ContextEvent, DeadLetter } from '@context-sdk/context';
import {
  GrantChangedError,
  memoryStore,
  NotFoundError,
  type RecordStore,
  StoreError,
} from '@context-sdk/oauth-core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fastForward, stopClocks } from '../support/fast-clock.ts';
import { type Deliveries, startDeliveries } from '../support/start-deliveries.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const LOCAL = 'http://localhost:8000';
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

function titleOf(event: ContextEvent): unknown {
  return (event.data as { title?: string } | undefined)?.title;
}

function fails(): never {
  throw new Error('the host is down');
}

describe('16.14: one event that the host does not take holds up no other', () => {
  test('two users share a mailbox: the second hears, whatever the first does', async () => {
    const started = startDeliveries({
      onEvent: ({ source, userId }) => (source === 'gmail' && userId === 'ada' ? fails() : undefined),
    });
    const { context, sandbox, everything, events } = started;
    await everything('ada');
    await everything('grace');
    await context.runMaintenance();
    sandbox.google.testUser().gmail.receive(MAIL);
    await settle(started);
    expect(events.filter(({ source }) => source === 'gmail').map(({ userId }) => userId)).toEqual(['grace']);
  });

  test('two users share a mailbox: the account of one is gone, and the delivery is not refused for it', async () => {
    const store = memoryStore();
    const started = startDeliveries({ store });
    const { context, sandbox, everything, events, delivered } = started;
    await everything('ada');
    await everything('grace');
    await context.runMaintenance();
    await settle(started);
    const [key = ''] = await store.list('mailbox/');
    const { value = '' } = (await store.get(key)) ?? {};
    await context.user('ada').connections.disconnect('google');
    // As a process leaves it that dies before the route is gone.
    await store.compareAndSet(key, (await store.get(key))?.version, value);
    events.length = 0;
    sandbox.google.testUser().gmail.receive(MAIL);
    await settle(started);
    expect(events.map(({ source, userId }) => [source, userId])).toEqual([['gmail', 'grace']]);
    expect(delivered.findLast(({ request }) => request.url.endsWith('gmail'))?.status).toBe(204);
  });

  test('a poll of five changes: four are told, and later ones too', async () => {
    let isDown = true;
    const { context, sandbox, everything, events } = startDeliveries({
      baseUrl: LOCAL,
      onEvent: (event) => (isDown && titleOf(event) === 'bad' ? fails() : undefined),
    });
    await everything();
    await context.runMaintenance();
    for (const title of ['one', 'bad', 'two', 'three', 'four'])
      sandbox.ticktick.testUser().createTask({ title });
    pass(2 * MINUTE);
    const { failures } = await context.runMaintenance();
    expect(failures).toMatchObject([{ service: 'ticktick', error: { code: 'event_not_handled' } }]);
    expect(events.map((event) => String(titleOf(event))).toSorted()).toEqual(['four', 'one', 'three', 'two']);
    sandbox.ticktick.testUser().createTask({ title: 'later' });
    pass(2 * MINUTE);
    await context.runMaintenance();
    expect(events.map(titleOf)).toContain('later');
    isDown = false;
    pass(HOUR);
    await context.runMaintenance();
    expect(events.map(titleOf).filter((title) => title === 'bad')).toHaveLength(1);
  });

  test('an event is not lost if its task changes before the host takes it', async () => {
    let isDown = true;
    const { context, sandbox, everything, events } = startDeliveries({
      baseUrl: LOCAL,
      onEvent: () => (isDown ? fails() : undefined),
    });
    await everything();
    await context.runMaintenance();
    const { id } = sandbox.ticktick.testUser().createTask({ title: 'short-lived' });
    pass(2 * MINUTE);
    await context.runMaintenance();
    sandbox.ticktick.testUser().deleteTask(id);
    pass(2 * MINUTE);
    await context.runMaintenance();
    isDown = false;
    pass(HOUR);
    await context.runMaintenance();
    await context.runMaintenance();
    expect(events.map(({ type }) => type).toSorted()).toEqual(['task.created', 'task.deleted']);
  });

  test('after maxAttempts an event is a dead letter, which can be listed, replayed and discarded', async () => {
    let isDown = true;
    const dead: [DeadLetter, Error][] = [];
    let tries = 0;
    const { context, sandbox, everything, events } = startDeliveries({
      baseUrl: LOCAL,
      maxAttempts: 3,
      onEvent: (event) => {
        if (titleOf(event) !== 'bad') return;
        tries += 1;
        if (isDown) throw new RangeError('a secret of the host');
      },
      onDeadLetter: (letter, error) => {
        dead.push([letter, error]);
        throw new Error('the log is full');
      },
    });
    await everything();
    await context.runMaintenance();
    sandbox.ticktick.testUser().createTask({ title: 'bad' });
    for (let run = 0; run < 6; run += 1) {
      pass(2 * HOUR);
      await context.runMaintenance();
    }
    expect(tries).toBe(3);
    expect(dead).toMatchObject([
      [{ attempts: 3, errorName: 'RangeError' }, { message: 'a secret of the host' }],
    ]);
    const letters = await context.deadLetters.list().toArray();
    expect(letters).toMatchObject([{ event: { type: 'task.created', userId: 'ada' }, attempts: 3 }]);
    expect(JSON.stringify(letters)).not.toContain('secret of the host');
    expect(await context.deadLetters.list({ userId: 'grace' }).toArray()).toEqual([]);
    const id = letters[0]?.id ?? '';
    await expect(context.deadLetters.replay(id)).rejects.toThrow('a secret of the host');
    isDown = false;
    await context.deadLetters.replay(id);
    expect(events.map(titleOf)).toEqual(['bad']);
    await expect(context.deadLetters.replay(id)).rejects.toThrow(NotFoundError);
    await context.deadLetters.discard(id);
    expect(await context.deadLetters.list({ userId: 'ada' }).toArray()).toEqual([]);
  });

  test('16.2: a dead letter of an account that the user has left is not told any more', async () => {
    let isDown = true;
    const { context, sandbox, everything, events } = startDeliveries({
      baseUrl: LOCAL,
      maxAttempts: 1,
      onEvent: (event) => (isDown && titleOf(event) === 'bad' ? fails() : undefined),
    });
    await everything();
    await context.runMaintenance();
    sandbox.ticktick.testUser().createTask({ title: 'bad' });
    pass(2 * MINUTE);
    await context.runMaintenance();
    const [letter] = await context.deadLetters.list({ userId: 'ada' }).toArray();
    await context.user('ada').connections.disconnect('ticktick');
    isDown = false;
    const id = letter?.id ?? '';
    await expect(context.deadLetters.replay(id)).rejects.toThrow(GrantChangedError);
    await everything();
    await expect(context.deadLetters.replay(id)).rejects.toThrow(GrantChangedError);
    expect(events.map(titleOf)).not.toContain('bad');
    expect(letter).not.toHaveProperty('owner');
  });

  test.each(['onEvent', 'onDeadLetter'] as const)(
    'an %s that never ends keeps nobody waiting for long',
    async (name) => {
      stopClocks();
      const never = new Promise(() => undefined);
      const { context, sandbox, everything, events } = startDeliveries({
        baseUrl: LOCAL,
        maxAttempts: 1,
        onEvent: async (event) => {
          if (titleOf(event) !== 'bad') return;
          if (name === 'onEvent') await never;
          throw new Error('down');
        },
        onDeadLetter: async () => {
          if (name === 'onDeadLetter') await never;
        },
      });
      await fastForward(everything());
      await fastForward(context.runMaintenance());
      for (const title of ['bad', 'good']) sandbox.ticktick.testUser().createTask({ title });
      pass(2 * HOUR);
      await fastForward(context.runMaintenance());
      expect(events.map(titleOf)).toContain('good');
      expect(await context.deadLetters.list().toArray()).toHaveLength(1);
    },
  );

  test('a delivery that fails too often is accepted, so that the service goes on', async () => {
    const started = startDeliveries({
      maxAttempts: 2,
      onEvent: ({ source }) => (source === 'azure-devops' ? fails() : undefined),
    });
    const { context, sandbox, everything, delivered } = started;
    await everything();
    await context.runMaintenance();
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await settle(started);
    const statuses = delivered.filter(({ request }) => request.url.endsWith('azure-devops'));
    expect(statuses.map(({ status }) => status)).toEqual([503, 204]);
    expect(await context.deadLetters.list().toArray()).toHaveLength(1);
  });

  test('one that fails for longer than a service asks costs the hook nothing: maintenance tells it', async () => {
    let isDown = true;
    const started = startDeliveries({
      onEvent: ({ source }) => (isDown && source === 'azure-devops' ? fails() : undefined),
    });
    const { context, sandbox, everything, events, delivered } = started;
    await everything();
    await context.runMaintenance();
    await settle(started);
    delivered.length = 0;
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await settle(started);
    expect(delivered.map(({ status }) => status)).toEqual([503, 503, 503, 503, 204]);
    const statuses = sandbox.azureDevOps.hooks.subscriptions.map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set(['enabled']));
    expect(events.filter(({ source }) => source === 'azure-devops')).toEqual([]);
    isDown = false;
    pass(HOUR);
    await context.runMaintenance();
    expect(events.filter(({ source }) => source === 'azure-devops')).toHaveLength(1);
  });

  test.each([0, -1, 1.5, Number.NaN, '3'])('maxAttempts of %s is refused', (maxAttempts) => {
    expect(() => startDeliveries({ maxAttempts: maxAttempts as number })).toThrow('maxAttempts');
  });
});

describe('16.30: an event names what changed', () => {
  test('a calendar whose position was not saved tells the next change', async () => {
    const { context, sandbox, everything, events, store } = startDeliveries({ baseUrl: LOCAL });
    await everything();
    await context.runMaintenance();
    const key = 'feed/ada/google-calendar';
    const before = (await store.get(key))?.value ?? '';
    sandbox.google.testUser().calendar.addEvent({ summary: 'first', ...SOON });
    pass(2 * MINUTE);
    await context.runMaintenance();
    // As if the process had died before it saved: its claim ends.
    const die = async (): Promise<void> => {
      await store.compareAndSet(key, (await store.get(key))?.version, before);
      await store.schedule?.()?.plan('connection/ada/google/default', Date.now());
    };
    await die();
    await context.runMaintenance();
    expect(events).toHaveLength(1);
    await die();
    sandbox.google.testUser().calendar.addEvent({ summary: 'second', ...SOON });
    await context.runMaintenance();
    expect(events).toHaveLength(2);
    expect(JSON.stringify(events[1])).toContain('second');
  });
});

describe('16.33: once, also if something fails in between', () => {
  test('one failure of the store when an event is done', async () => {
    let failures = 0;
    const kept = memoryStore();
    const store: RecordStore = {
      ...bound(kept),
      async compareAndSet(key, expected, value, options) {
        if (key.startsWith('delivery/') && value.includes('"done"') && failures === 0) {
          failures += 1;
          throw new StoreError('unavailable', 'The store was away.');
        }
        return await kept.compareAndSet(key, expected, value, options);
      },
    };
    const started = startDeliveries({ store });
    const { context, sandbox, everything, events, delivered } = started;
    await everything();
    await context.runMaintenance();
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await settle(started);
    expect(failures).toBe(1);
    pass(HOUR);
    expect(await started.redeliver(-1)).toBe(204);
    expect(delivered.every(({ status }) => status === 204)).toBe(true);
    expect(events.filter(({ source }) => source === 'azure-devops')).toHaveLength(1);
  });

  test('work items changed in the very millisecond of the position', async () => {
    const { context, sandbox, everything, events } = startDeliveries({ baseUrl: LOCAL });
    await everything();
    const assignedTo = sandbox.azureDevOps.people[0]?.uniqueName ?? '';
    const create = (title: string): void => {
      const fields = { 'System.Title': title, 'System.AssignedTo': assignedTo };
      sandbox.azureDevOps.testUser().create({ type: 'Task', fields });
    };
    create('known');
    await context.runMaintenance();
    pass(6 * MINUTE);
    create('first');
    await context.runMaintenance();
    create('in the same millisecond');
    pass(6 * MINUTE);
    await context.runMaintenance();
    pass(6 * MINUTE);
    await context.runMaintenance();
    const titles = events.map(
      ({ data }) => (data as { fields: Record<string, unknown> }).fields['System.Title'],
    );
    expect(titles).toEqual(['first', 'in the same millisecond']);
  });
});

function bound(store: RecordStore): RecordStore {
  return {
    get: (key) => store.get(key),
    list: (prefix, options) => store.list(prefix, options),
    delete: (key, expected) => store.delete(key, expected),
    compareAndSet: (key, expected, value, options) => store.compareAndSet(key, expected, value, options),
  };
}
