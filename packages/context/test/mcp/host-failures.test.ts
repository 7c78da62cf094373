import { createMcpEndpoint } from '@context-sdk/context/mcp';
import { memoryRateLimiter, memoryStore, type RateLimiter, StoreError } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { startAssistant } from '../tools/start-assistant.ts';

const SECRET = 'redis://:hunter2-0123456789@db.internal:6379';

/** An assistant whose limiter and store throw what they are told, once the accounts are connected. */
async function start() {
  const limiter = memoryRateLimiter();
  const store = memoryStore();
  const broken: { limiter?: Error; store?: Error } = {};
  const rateLimiter: RateLimiter = {
    run: (...call) => {
      if (broken.limiter) throw broken.limiter;
      return limiter.run(...call);
    },
    pause: (...call) => limiter.pause(...call),
  };
  const get: typeof store.get = async (key) => {
    if (broken.store && key.startsWith('tool')) throw broken.store;
    return await store.get(key);
  };
  const { context } = await startAssistant({ rateLimiter, store: { ...bound(store), get } });
  const told: unknown[] = [];
  const endpoint = createMcpEndpoint(context, {
    library: () => import('@modelcontextprotocol/server'),
    timeZone: 'UTC',
    approve: 'writes',
    getUser: () => 'ada',
    onError: (error) => void told.push(error),
  });
  const call = async (name: string, input: object): Promise<string> => {
    const params = { name, arguments: input };
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
    const request = new Request('https://host.example/mcp', { method: 'POST', headers, body });
    return await (await endpoint.fetch(request)).text();
  };
  return { broken, call, told };
}

function bound(store: ReturnType<typeof memoryStore>) {
  const { compareAndSet, delete: remove, list } = store;
  return {
    compareAndSet: compareAndSet.bind(store),
    delete: remove.bind(store),
    list: list.bind(store),
  };
}

test('25.mcp: what the host’s own limiter throws is not told to a client, and its kind is to the host', async () => {
  const { broken, call, told } = await start();
  broken.limiter = Object.assign(new TypeError(`connect ${SECRET}`), { code: 'ECONNREFUSED' });
  const answer = await call('find', { kind: 'tasks' });
  expect(answer).toContain('"isError":true');
  expect(answer).not.toContain('hunter2');
  expect(told).toMatchObject([
    { code: 'internal', message: 'The tool find failed with TypeError (ECONNREFUSED).' },
  ]);
});

test('25.mcp: nor is what its store throws', async () => {
  const { broken, call, told } = await start();
  broken.store = new Error(SECRET);
  const answer = await call('create_task', { title: 'x' });
  expect(answer).toContain('"isError":true');
  expect(answer).not.toContain('hunter2');
  broken.store = new StoreError('unavailable', SECRET);
  expect(await call('create_task', { title: 'x' })).not.toContain('hunter2');
  expect(JSON.stringify(told)).not.toContain('hunter2');
});
