import { isObject } from '@context-sdk/oauth-core/client-kit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDeliveries } from '../support/start-deliveries.ts';

const HOUR = 3_600_000;
const MAIL = 'From: a@example.com\r\nTo: ada@example.com\r\nSubject: x\r\n\r\nHello\r\n';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

function refuse(): never {
  throw new Error('trap');
}

class NamelessError extends Error {
  override get name(): string {
    return refuse();
  }
}

/** What a host may throw, however it came to it. */
const THROWN: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  'a frozen object': Object.freeze({}),
  'a proxy that refuses everything': new Proxy({}, { get: refuse, getPrototypeOf: refuse }),
  'a proxy that was revoked': revoked(),
  'an error whose name throws': new NamelessError('x'),
  'an error whose name is a number': Object.assign(new Error('x'), { name: 7 }),
  'an error whose name is null': Object.assign(new Error('x'), { name: null }),
  'an error with an endless name': Object.assign(new Error('x'), { name: 'x'.repeat(1_000_000) }),
};

describe.each(Object.entries(THROWN))('16.14: a host that throws %s', (_, thrown) => {
  const fails = (): never => {
    throw thrown;
  };

  test('while polling: the others are told, and its event becomes a dead letter', async () => {
    const onDeadLetter = vi.fn<() => unknown>(fails);
    const { context, sandbox, everything, events } = startDeliveries({
      baseUrl: 'http://localhost:8000',
      maxAttempts: 2,
      onDeadLetter,
      onAudit: fails,
      onEvent: ({ data }) => ((data as { title?: string }).title === 'bad' ? fails() : undefined),
    });
    await everything();
    await context.runMaintenance();
    for (const title of ['one', 'bad', 'two']) sandbox.ticktick.testUser().createTask({ title });
    for (let run = 0; run < 3; run += 1) {
      vi.setSystemTime(Date.now() + 2 * HOUR);
      await context.runMaintenance();
    }
    expect(new Set(events.map(({ data }) => (data as { title?: string }).title))).toEqual(
      new Set(['one', 'two']),
    );
    expect(events).toHaveLength(2);
    const [letter] = await context.deadLetters.list().toArray();
    expect(letter).toMatchObject({ attempts: 2, event: { data: { title: 'bad' } } });
    expect(letter?.errorName.length).toBeLessThan(1_000);
    expect(onDeadLetter).toHaveBeenCalledTimes(1);
    expect((await context.doctor()).findings).toEqual([]);
  });

  test('at deliveries: they end, as dead letters', async () => {
    const { context, sandbox, everything } = startDeliveries({ maxAttempts: 2, onEvent: fails });
    await everything();
    await context.runMaintenance();
    sandbox.google.testUser().gmail.receive(MAIL);
    await sandbox.google.push.settled();
    vi.setSystemTime(Date.now() + 2 * HOUR);
    await context.runMaintenance();
    const letters = await context.deadLetters.list().toArray();
    expect(letters.map(({ event }) => event.source)).toContain('gmail');
  });
});

test('16.14: what one user’s handler does to its event reaches no other user', async () => {
  const told: unknown[] = [];
  const { context, sandbox, everything } = startDeliveries({
    onEvent: (event) => {
      if (event.source !== 'gmail') return;
      told.push([event.userId, event.data.emailAddress]);
      event.data.emailAddress = `of ${event.userId}`;
      Object.freeze(event.data);
    },
  });
  await everything('ada');
  await everything('grace');
  await context.runMaintenance();
  sandbox.google.testUser().gmail.receive(MAIL);
  await sandbox.google.push.settled();
  expect(told).toEqual([
    ['ada', 'ada@example.com'],
    ['grace', 'ada@example.com'],
  ]);
});

test('24.4: a delivery with odd names reaches the host whole, as a copy of its own', async () => {
  const told: unknown[] = [];
  const { context, sandbox, delivered, handler, everything } = startDeliveries({
    onEvent: ({ raw }) => {
      if (isObject(raw) && Array.isArray(raw['members'])) told.push(raw['members']);
    },
  });
  await everything();
  await context.runMaintenance();
  sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
  await sandbox.azureDevOps.hooks.settled();
  const { url, headers, body } = await lastDelivery(delivered);
  const { id: _id, notificationId: _number, ...rest } = body;
  const odd = '"id":"another","notificationId":1000,"members":[{"__proto__":{"of":"the sender"}},[1,null]]';
  const text = `{${odd},${JSON.stringify(rest).slice(1)}`;
  headers.delete('content-length');
  expect((await handler(new Request(url, { method: 'POST', headers, body: text }))).status).toBe(204);
  expect(JSON.stringify(told)).toBe('[[{"__proto__":{"of":"the sender"}},[1,null]]]');
});

async function lastDelivery(delivered: readonly { request: Request }[]) {
  const request = delivered.map((one) => one.request).findLast(({ url }) => url.endsWith('/azure-devops'));
  if (request === undefined) throw new Error('Nothing was delivered.');
  const body: unknown = await request.clone().json();
  if (!isObject(body)) throw new Error('The body is no object.');
  return { url: request.url, headers: new Headers(request.headers), body };
}
