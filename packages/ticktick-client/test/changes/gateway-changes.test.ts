import { memoryStore } from '@context-sdk/oauth-core';
import { type PollOptions, type TaskChangeEvent, TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';
import { fakeGateway, ORIGIN } from '../guide/gateway-server.ts';

/** A feed of a gateway. `hidden` are tasks that it answers by their ids, but doesn't list. */
function start() {
  const hidden = new Set<string>();
  const gateway = fakeGateway({
    'GET /task': () => Response.json([...gateway.tasks.values()].filter(({ id }) => !hidden.has(String(id)))),
  });
  const client = new TickTickClient({
    auth: 'token',
    dialect: 'guide',
    baseUrl: `${ORIGIN}/open/v1`,
    limits: [],
    fetch: gateway.fetch,
  });
  const store = memoryStore();
  const poll = async (options: Partial<PollOptions> = {}): Promise<TaskChangeEvent[]> => {
    const batch = await client.changes.poll({ store, key: 'feed', ...options, projects: false });
    await batch.acknowledge();
    return batch.events;
  };
  const seen = async (options: Partial<PollOptions> = {}): Promise<string[]> =>
    (await poll(options)).map(({ type, data }) => `${type} ${data.id}`);
  const put = (id: string, status?: number): void =>
    void gateway.tasks.set(id, { id, title: id, ...(status !== undefined && { status }) });
  return { client, store, hidden, poll, seen, put, tasks: gateway.tasks };
}

test('15.3: the first poll tells the open tasks of a gateway as created, not those that are done', async () => {
  const { put, seen } = start();
  put('open');
  put('done', 2);
  put('dropped', -1);
  expect(await seen({ initial: 'emit' })).toEqual(['task.created open']);
  expect(await seen()).toEqual([]);
});

test('15.3: a first poll of a gateway that was not acknowledged tells the same again', async () => {
  const { client, store, put, seen } = start();
  put('open');
  put('done', 2);
  const batch = await client.changes.poll({ store, key: 'feed', initial: 'emit' });
  expect(batch.events).toHaveLength(1);
  batch.release();
  expect(await seen({ initial: 'emit' })).toEqual(['task.created open']);
});

test('15.3: a task that a gateway lists as done from the beginning was completed', async () => {
  const { put, seen } = start();
  await seen();
  put('quick', 2);
  expect(await seen()).toEqual(['task.completed quick']);
});

test('15.3: a task that a gateway lists as done, and later no longer, was completed once', async () => {
  const { put, seen, hidden } = start();
  put('a');
  put('old', 2);
  await seen();
  put('a', 2);
  expect(await seen()).toEqual(['task.completed a']);
  hidden.add('a').add('old');
  expect(await seen()).toEqual([]);
  expect(await seen()).toEqual([]);
  hidden.clear();
  expect(await seen()).toEqual([]);
});

test('15.3: a task that a gateway lists only while it is open was updated when it is opened again', async () => {
  const { put, poll, seen, hidden } = start();
  put('a');
  await seen();
  put('a', 2);
  hidden.add('a');
  expect(await seen()).toEqual(['task.completed a']);
  put('a', 0);
  hidden.clear();
  expect(await poll()).toMatchObject([{ type: 'task.updated', changed: ['status'], data: { id: 'a' } }]);
  put('a', 2);
  hidden.add('a');
  expect(await seen()).toEqual(['task.completed a']);
});

test('15.3: a done task of a gateway that is given up is not completed again', async () => {
  const { put, poll, seen } = start();
  put('a');
  await seen();
  put('a', 2);
  await seen();
  put('a', -1);
  expect(await poll()).toMatchObject([{ type: 'task.updated', changed: ['status'] }]);
});
