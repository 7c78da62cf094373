import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { toNodeListener } from '@context-sdk/context';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { startDeliveries } from '../support/start-deliveries.ts';

const HOUR = 3_600_000;
const SOON = { start: { dateTime: '2027-03-01T09:00:00Z' }, end: { dateTime: '2027-03-01T10:00:00Z' } };

describe('every service delivers', () => {
  test('a change in the calendar, the mailbox and a work item reaches the host, told whose it is', async () => {
    const { context, sandbox, everything, events, delivered } = startDeliveries();
    await everything();
    const followed = await context.subscriptions.ensure('ada');
    expect(followed.map(({ service, mode, did, error }) => [service, mode, did, error?.code])).toEqual([
      ['ticktick', 'polling', 'polled', undefined],
      ['google-calendar', 'push', 'opened', undefined],
      ['gmail', 'push', 'opened', undefined],
      ['azure-devops', 'push', 'opened', undefined],
    ]);
    await sandbox.google.push.settled();
    events.length = 0;
    sandbox.google.testUser().calendar.addEvent({ summary: 'New', ...SOON });
    await sandbox.google.push.settled();
    sandbox.google
      .testUser()
      .gmail.receive('From: a@example.com\r\nTo: ada@example.com\r\nSubject: x\r\n\r\nHello\r\n');
    await sandbox.google.push.settled();
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'From a colleague' } });
    await sandbox.azureDevOps.hooks.settled();
    expect(events.map(({ source, type, userId, verified }) => [source, type, userId, verified])).toEqual([
      ['google-calendar', 'changed', 'ada', true],
      ['gmail', 'mailbox.changed', 'ada', true],
      ['azure-devops', 'workitem.created', 'ada', true],
    ]);
    expect(events[0]?.data).toMatchObject({ calendarId: 'primary' });
    expect(delivered.every(({ status }) => status === 204)).toBe(true);
  });

  test('the guide’s gateway delivers to an address of the user’s own', async () => {
    const { context, sandbox, events, delivered } = startDeliveries({ dialect: 'guide' });
    const user = context.user('ada');
    await user.connections.connect('ticktick', { token: sandbox.ticktick.issueApiToken() });
    await context.subscriptions.ensure('ada');
    await context.subscriptions.ensure('ada');
    sandbox.ticktick.testUser().createTask({ title: 'From the phone' });
    await sandbox.ticktick.webhooks.settled();
    expect(events).toMatchObject([
      { type: 'task.created', userId: 'ada', verified: true, data: { title: 'From the phone' } },
    ]);
    expect(delivered[0]?.request.url).toMatch(/\/webhooks\/ticktick\/[\w-]{43}$/);
  });
});

describe('what is forged', () => {
  test('a wrong or missing secret is refused, and the host hears nothing', async () => {
    const { context, sandbox, everything, events, delivered, handler } = startDeliveries();
    await everything();
    await context.subscriptions.ensure('ada');
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
    events.length = 0;
    for (const { request } of delivered) {
      const forged = async (change: (headers: Headers) => void): Promise<number> => {
        const headers = new Headers(request.headers);
        change(headers);
        const body = await request.clone().text();
        return (await handler(new Request(request.url, { method: 'POST', headers, body }))).status;
      };
      const statuses = [
        await forged((headers) => headers.delete('authorization')),
        await forged((headers) => headers.set('authorization', `Basic ${btoa('somebody:else')}`)),
      ];
      const isCalendar = request.headers.has('x-goog-channel-token');
      if (!isCalendar) expect(statuses).toEqual([401, 401]);
      else expect(await forged((headers) => headers.set('x-goog-channel-token', 'forged'))).toBe(401);
    }
    expect(events.filter(({ source }) => source !== 'google-calendar')).toEqual([]);
    const unknown = {
      'x-goog-channel-id': 'x',
      'x-goog-channel-token': 'y',
      'x-goog-resource-id': 'z',
      'x-goog-message-number': '1',
      'x-goog-resource-state': 'exists',
    };
    const url = `${handler.baseUrl}/webhooks/google/calendar`;
    expect((await handler(new Request(url, { method: 'POST', headers: unknown }))).status).toBe(401);
  });

  test('an address that was not given out is refused; without a key nobody knows whose it is', async () => {
    const { events, handler } = startDeliveries({ dialect: 'guide', acceptUnverifiedWebhooks: true });
    const body = JSON.stringify({ event: 'task.deleted', data: { id: 't1' } });
    const ask = async (path: string): Promise<number> =>
      (await handler(new Request(`${handler.baseUrl}/webhooks/${path}`, { method: 'POST', body }))).status;
    expect(await ask('ticktick/guessed')).toBe(401);
    expect(events).toEqual([]);
    expect(await ask('ticktick')).toBe(204);
    expect(events).toMatchObject([{ type: 'task.deleted', verified: false }]);
    expect(events[0]).not.toHaveProperty('userId');
    expect(
      await Promise.all([ask('ticktick/'), ask('ticktick/a/b'), ask('google'), ask('github'), ask('')]),
    ).toEqual([404, 404, 404, 404, 404]);
  });

  test('what can’t be read is 400, what is no POST 405, what is too long 413', async () => {
    const { handler, errors } = startDeliveries({ dialect: 'guide', acceptUnverifiedWebhooks: true });
    const url = `${handler.baseUrl}/webhooks/ticktick`;
    const statuses = await Promise.all(
      [
        { method: 'POST', body: '{' },
        { method: 'POST', body: '{"event":"task.created","data":{}}' },
        { method: 'GET' },
        { method: 'POST', body: 'x'.repeat(1_048_577) },
      ].map(async (init) => (await handler(new Request(url, init))).status),
    );
    expect(statuses).toEqual([400, 400, 405, 413]);
    expect(errors).toHaveLength(2);
  });
});

describe('each event once', () => {
  test('what is delivered again was handled before', async () => {
    const { context, sandbox, everything, events, delivered, redeliver } = startDeliveries();
    await everything();
    await context.subscriptions.ensure('ada');
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
    const before = events.length;
    for (const index of delivered.keys()) expect(await redeliver(index)).toBe(204);
    expect(events).toHaveLength(before);
  });

  test('what the host could not handle is delivered again, by the services themselves', async () => {
    let failures = 2;
    const { context, sandbox, everything, events, delivered, errors } = startDeliveries({
      onEvent: (event) => {
        if (event.source === 'azure-devops' && failures-- > 0) throw new Error('the queue is full');
      },
    });
    await everything();
    await context.subscriptions.ensure('ada');
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await sandbox.azureDevOps.hooks.settled();
    const statuses = delivered
      .filter(({ request }) => request.url.endsWith('azure-devops'))
      .map(({ status }) => status);
    expect(statuses).toEqual([503, 503, 204]);
    expect(events.filter(({ source }) => source === 'azure-devops')).toHaveLength(1);
    expect(errors.map(String)).toEqual(['Error: the queue is full', 'Error: the queue is full']);
  });

  test('delivered twice at once, to two processes: one handles it, the other has it come again', async () => {
    let isDown = true;
    let open: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { context, sandbox, everything, events, redeliver } = startDeliveries({
      onEvent: async ({ source }) => {
        if (source !== 'azure-devops') return;
        if (isDown) throw new Error('down');
        await gate;
      },
    });
    await everything();
    await context.subscriptions.ensure('ada');
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await Promise.all([sandbox.google.push.settled(), sandbox.azureDevOps.hooks.settled()]);
    isDown = false;
    const last = sandbox.azureDevOps.hooks.deliveries.length;
    expect(last).toBeGreaterThan(0);
    const both = [redeliver(-1), redeliver(-1)];
    expect(await Promise.race(both)).toBe(503);
    open();
    expect(new Set(await Promise.all(both))).toEqual(new Set([503, 204]));
    expect(await redeliver(-1)).toBe(204);
    expect(events.filter(({ source }) => source === 'azure-devops')).toHaveLength(1);
  });
});

describe('how long deliveries are remembered', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
  afterEach(() => void vi.useRealTimers());

  /** A host that has received one service hook, and what it does with the next delivery of it. */
  async function startWithHook(onEvent: () => unknown) {
    let isDown = true;
    const started = startDeliveries({
      onEvent: ({ source }) => {
        if (source !== 'azure-devops') return undefined;
        if (isDown) throw new Error('down');
        return onEvent();
      },
    });
    await started.everything();
    await started.context.subscriptions.ensure('ada');
    started.sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await Promise.all([started.sandbox.google.push.settled(), started.sandbox.azureDevOps.hooks.settled()]);
    isDown = false;
    return started;
  }

  test('a handled event is not handled again for 24 hours', async () => {
    let handled = 0;
    const { redeliver } = await startWithHook(() => (handled += 1));
    expect([await redeliver(-1), handled]).toEqual([204, 1]);
    vi.setSystemTime(Date.now() + 24 * HOUR - 1);
    expect([await redeliver(-1), handled]).toEqual([204, 1]);
    vi.setSystemTime(Date.now() + 1);
    expect([await redeliver(-1), handled]).toEqual([204, 2]);
  });

  test('if a process crashes while it handles an event, the next one accepts it after 20 seconds', async () => {
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    let isCrashing = true;
    const { redeliver } = await startWithHook(() => {
      begin();
      return isCrashing ? new Promise(() => undefined) : undefined;
    });
    void redeliver(-1);
    await begun;
    isCrashing = false;
    vi.setSystemTime(Date.now() + 19_999);
    expect(await redeliver(-1)).toBe(503);
    vi.setSystemTime(Date.now() + 1);
    expect(await redeliver(-1)).toBe(204);
  });
});

describe('a host that takes too long', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  test('after 8 s the sender is told to deliver again, and the host to stop', async () => {
    let begun: (signal: AbortSignal) => void = () => undefined;
    const beginning = new Promise<AbortSignal>((resolve) => {
      begun = resolve;
    });
    const { handler, errors } = startDeliveries({
      dialect: 'guide',
      acceptUnverifiedWebhooks: true,
      onEvent: (_event, { signal }) => {
        begun(signal);
        return new Promise(() => undefined);
      },
    });
    const body = JSON.stringify({ event: 'task.deleted', data: { id: 't1' } });
    const answer = handler(new Request(`${handler.baseUrl}/webhooks/ticktick`, { method: 'POST', body }));
    const signal = await beginning;
    await vi.advanceTimersByTimeAsync(7_999);
    expect(signal.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect([(await answer).status, signal.aborted]).toEqual([503, true]);
    expect(errors).toMatchObject([{ code: 'timeout' }]);
  });
});

describe('a delivery of Azure DevOps is large where texts are: each may have a million characters', () => {
  test('it reaches the host, and its hook stays in use', async () => {
    const { context, sandbox, everything, events, delivered } = startDeliveries();
    await everything();
    await context.subscriptions.ensure('ada');
    await sandbox.google.push.settled();
    delivered.length = 0;
    events.length = 0;
    const log = 'ü'.repeat(1_000_000);
    sandbox.azureDevOps
      .testUser()
      .create({ type: 'Bug', fields: { 'System.Title': 'x', 'System.Description': log } });
    await sandbox.azureDevOps.hooks.settled();
    expect(delivered.map(({ status }) => status)).toEqual([204]);
    expect(events).toMatchObject([
      { type: 'workitem.created', data: { fields: { 'System.Description': log } } },
    ]);
    expect(sandbox.azureDevOps.hooks.subscriptions.map(({ status }) => status)).not.toContain(
      'disabledBySystem',
    );
  });

  test('one that nobody could have written is passed over with success, and reported: a refusal would end the hook', async () => {
    const { context, sandbox, everything, events, delivered, errors, handler } = startDeliveries();
    await everything();
    await context.subscriptions.ensure('ada');
    await sandbox.google.push.settled();
    delivered.length = 0;
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await sandbox.azureDevOps.hooks.settled();
    events.length = 0;
    const { url = '', headers } = delivered[0]?.request ?? {};
    const sendLarge = async (init?: Headers): Promise<number> => {
      const body = new Uint8Array(17 * 1_048_576);
      return (await handler(new Request(url, { method: 'POST', headers: new Headers(init), body }))).status;
    };
    const genuine = new Headers(headers);
    genuine.delete('content-length');
    expect(await sendLarge(genuine)).toBe(204);
    expect(errors).toMatchObject([{ code: 'webhook_malformed' }]);
    expect(await sendLarge()).toBe(401);
    expect(events).toEqual([]);
  });

  test('nor is it refused by the listener for Node, where its length is told', async () => {
    const { context, sandbox, everything, events, delivered, errors, handler } = startDeliveries();
    await everything();
    await context.subscriptions.ensure('ada');
    sandbox.azureDevOps.testUser().create({ type: 'Task', fields: { 'System.Title': 'x' } });
    await sandbox.azureDevOps.hooks.settled();
    const genuine = delivered.at(-1)?.request.headers.get('authorization') ?? '';
    events.length = 0;
    const server = createServer(toNodeListener(handler));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const port = String((server.address() as AddressInfo).port);
    const statusFor = async (path: string, authorization: string): Promise<number> => {
      const client = connect(Number(port), '127.0.0.1');
      client.write(
        `POST ${path} HTTP/1.1\r\nhost: host.example\r\nauthorization: ${authorization}\r\ncontent-length: 99999999\r\n\r\n`,
      );
      const [head] = (await once(client, 'data')) as [Buffer];
      client.destroy();
      return Number(head.toString().split(' ')[1]);
    };
    expect(await statusFor('/webhooks/azure-devops', genuine)).toBe(204);
    expect(errors).toMatchObject([{ code: 'webhook_malformed' }]);
    expect(await statusFor('/webhooks/azure-devops', 'Basic eDp4')).toBe(401);
    expect(events).toEqual([]);
    server.close();
  });
});

describe('a message of Pub/Sub that is not Gmail’s', () => {
  test.each([
    ['some text', 'aGVsbG8='],
    ['nothing', undefined],
    ['another object', 'eyJoZWxsbyI6MX0='],
  ])(
    'with %s is reported, and ends: refused, it would come for a week and slow the others down',
    async (_what, data) => {
      const { everything, context, sandbox, delivered, handler, events, errors } = startDeliveries();
      await everything();
      await context.subscriptions.ensure('ada');
      sandbox.google.testUser().gmail.receive('From: a@example.com\r\nSubject: x\r\n\r\nHello\r\n');
      await sandbox.google.push.settled();
      events.length = 0;
      const push = delivered.findLast(({ request }) => request.url.endsWith('gmail'))?.request;
      if (push === undefined) throw new Error('There was no push.');
      const { url, headers } = push;
      const { message, ...rest } = (await push.json()) as { message: object };
      const body = JSON.stringify({ ...rest, message: { ...message, data } });
      const send = async (init: Headers): Promise<number> =>
        (await handler(new Request(url, { method: 'POST', headers: init, body }))).status;
      const genuine = new Headers(headers);
      genuine.delete('content-length');
      expect(await send(genuine)).toBe(204);
      expect(errors).toMatchObject([{ code: 'webhook_malformed' }]);
      expect(await send(new Headers())).toBe(401);
      expect(events).toEqual([]);
    },
  );
});
