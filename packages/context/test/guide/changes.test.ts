import { createServer } from 'node:http';
import { type ContextEvent, toNodeListener } from '@context-sdk/context';
import { memoryStore, StoreError } from '@context-sdk/oauth-core';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { close } from './servers/http.ts';
import { startGuideHost } from './start-guide-host.ts';

interface Seen {
  events: ContextEvent[];
  onEvent: (event: ContextEvent) => void;
}

function collect(): Seen {
  const events: ContextEvent[] = [];
  return { events, onEvent: (event) => void events.push(event) };
}

describe('15.7: events in the guide’s dialect', () => {
  test('on one machine, the gateway delivers to http://localhost, an id alone included', async () => {
    const { events, onEvent } = collect();
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    });
    onTestFinished(() => close(server));
    const host = await startGuideHost({ onEvent, baseUrl: `http://127.0.0.1:${port}` });
    server.on('request', toNodeListener(host.handler));
    const user = host.context.user('ada');
    await user.connections.connect('ticktick', { token: host.gateway.issueToken() });
    expect(await host.context.subscriptions.ensure('ada')).toMatchObject([{ mode: 'push', did: 'opened' }]);
    expect(await host.gateway.change('task.created', { id: 'a' })).toEqual([204]);
    expect(await host.gateway.change('task.updated', { id: 'a', title: 'b' })).toEqual([204]);
    expect(events).toMatchObject([
      { type: 'task.created', userId: 'ada', verified: true, data: { id: 'a', projectId: '' } },
      { type: 'task.updated', userId: 'ada', data: { id: 'a', title: 'b' } },
    ]);
  });

  test('what the host could not handle is kept, and told again by maintenance until it is a dead letter', async () => {
    let failures = 1;
    const told: ContextEvent[] = [];
    const host = await startGuideHost({
      maxAttempts: 2,
      onEvent: (event) => {
        if (failures-- > 0) throw new Error('the queue is full');
        told.push(event);
      },
    });
    await host.context.user('ada').connections.connect('ticktick', { token: host.gateway.issueToken() });
    await host.context.subscriptions.ensure('ada');
    const deliver = async (id: string): Promise<number> => {
      const body = JSON.stringify({ event: 'task.updated', data: { id } });
      return (
        await host.handler(new Request(host.gateway.user.webhooks[0]?.url ?? '', { method: 'POST', body }))
      ).status;
    };
    expect(await deliver('a')).toBe(204);
    expect(host.errors).toEqual([new Error('the queue is full')]);
    expect(told).toEqual([]);
    expect(await host.context.runMaintenance()).toMatchObject({ events: 1 });
    expect(told).toMatchObject([{ type: 'task.updated', userId: 'ada', data: { id: 'a' } }]);
    failures = 2;
    expect(await deliver('b')).toBe(204);
    await host.context.runMaintenance();
    const letters = await host.context.deadLetters.list({ userId: 'ada' }).toArray();
    expect(letters).toMatchObject([{ attempts: 2, event: { data: { id: 'b' } } }]);
    expect(told).toHaveLength(1);
  });

  test('a store that fails then has the sender deliver it again', async () => {
    const store = memoryStore();
    let isDown = false;
    const host = await startGuideHost({
      store: {
        get: (key) => store.get(key),
        delete: (...record) => store.delete(...record),
        list: (...prefix) => store.list(...prefix),
        compareAndSet: async (...write) => {
          if (isDown) throw new StoreError('unavailable', 'The store is away.');
          return await store.compareAndSet(...write);
        },
      },
      onEvent: () => Promise.reject(new Error('the queue is full')),
    });
    await host.context.user('ada').connections.connect('ticktick', { token: host.gateway.issueToken() });
    await host.context.subscriptions.ensure('ada');
    isDown = true;
    const body = JSON.stringify({ event: 'task.updated', data: { id: 'a' } });
    const url = host.gateway.user.webhooks[0]?.url ?? '';
    expect((await host.handler(new Request(url, { method: 'POST', body }))).status).toBe(503);
  });

  test.for([
    ['push: false', { push: false }],
    ['a gateway elsewhere', { providers: 'elsewhere' }],
  ] as const)('%s: GET /task is polled', async ([, options]) => {
    const { events, onEvent } = collect();
    const first = await startGuideHost();
    const host =
      'push' in options
        ? await startGuideHost({ onEvent, ...options })
        : await startGuideHost({
            onEvent,
            providers: { ticktick: { dialect: 'guide', baseUrl: 'https://gateway.example/open/v1' } },
            fetch: (input, init) => {
              const { href } = new URL(input instanceof Request ? input.url : input);
              return fetch(href.replace('https://gateway.example', first.gateway.origin), init);
            },
          });
    const gateway = 'push' in options ? host.gateway : first.gateway;
    gateway.user.tasks.set('a', { id: 'a', title: 'old' });
    gateway.user.tasks.set('b', { id: 'b', title: 'gone' });
    gateway.user.tasks.set('c', { id: 'c', title: 'done' });
    await host.context.user('ada').connections.connect('ticktick', { token: gateway.issueToken() });
    expect(await host.context.subscriptions.ensure('ada')).toMatchObject([
      { mode: 'polling', did: 'polled' },
    ]);
    gateway.user.tasks.set('a', { id: 'a', title: 'new' });
    gateway.user.tasks.delete('b');
    gateway.user.tasks.set('c', { id: 'c', title: 'done', status: 2 });
    gateway.user.tasks.set('d', { id: 'd', title: 'more' });
    const report = await host.context.runMaintenance({ pollEveryMs: 0 });
    expect(report).toMatchObject({ polled: 1, events: 4, failures: [] });
    expect(events.map(({ type, data }) => [type, (data as { id: string }).id])).toEqual([
      ['task.created', 'd'],
      ['task.updated', 'a'],
      ['task.completed', 'c'],
      ['task.deleted', 'b'],
    ]);
    await host.context.runMaintenance({ pollEveryMs: 0 });
    expect(events).toHaveLength(4);
  });

  test('a gateway that lists open tasks only: what has vanished is read once more', async () => {
    const { events, onEvent } = collect();
    const host = await startGuideHost({
      onEvent,
      push: false,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        if (pathname !== '/open/v1/task') return response;
        const tasks = (await response.json()) as { status?: number }[];
        return Response.json(tasks.filter(({ status }) => status !== 2));
      },
    });
    host.gateway.user.tasks.set('c', { id: 'c', title: 'done' });
    await host.context.user('ada').connections.connect('ticktick', { token: host.gateway.issueToken() });
    await host.context.subscriptions.ensure('ada');
    host.gateway.user.tasks.set('c', { id: 'c', title: 'done', status: 2 });
    await host.context.runMaintenance({ pollEveryMs: 0 });
    expect(events.map(({ type }) => type)).toEqual(['task.completed']);
  });

  test('where nothing works, the report says why', async () => {
    const host = await startGuideHost({
      fetch: async (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input);
        const isDown = pathname === '/open/v1/webhook' || isListDown;
        return isDown ? new Response(null, { status: 404 }) : await fetch(input, init);
      },
    });
    let isListDown = false;
    await host.context.user('ada').connections.connect('ticktick', { token: host.gateway.issueToken() });
    isListDown = true;
    const [result] = await host.context.subscriptions.ensure('ada');
    expect(result).toMatchObject({ mode: 'polling', did: 'nothing', error: { code: 'not_found' } });
  });
});

describe('15.10: pollEveryMs', () => {
  test('a shorter interval brings the next poll forward, a longer one does not put it off', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 29) });
    onTestFinished(() => void vi.useRealTimers());
    const host = await startGuideHost({ push: false });
    await host.context.user('ada').connections.connect('ticktick', { token: host.gateway.issueToken() });
    await host.context.subscriptions.ensure('ada');
    const polled = async (pollEveryMs?: number): Promise<number> =>
      (await host.context.runMaintenance({ pollEveryMs })).polled;
    expect(await polled()).toBe(0);
    vi.setSystemTime(Date.now() + 30_000);
    expect([await polled(), await polled(40_000), await polled(20_000)]).toEqual([0, 0, 1]);
    vi.setSystemTime(Date.now() + 10_000);
    expect([await polled(), await polled(3_600_000)]).toEqual([0, 0]);
    vi.setSystemTime(Date.now() + 11_000);
    expect(await polled(3_600_000)).toBe(1);
    expect([await polled(), await polled(0)]).toEqual([0, 1]);
  });
});
