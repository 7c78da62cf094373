import { memoryStore } from '@context-sdk/oauth-core';
import { answering } from '@context-sdk/test-support';
import { type TaskChangeEvent, TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

interface TaskOfGateway {
  id: string;
  projectId: string;
  title: string;
}

/** A gateway with this one task, or none, and a feed of it. */
function start() {
  const state: { task: TaskOfGateway | undefined; status: number } = { task: undefined, status: 404 };
  const { fetch } = answering(({ path }: { path: string }) => {
    if (path.endsWith('/task')) return state.task === undefined ? [] : [state.task];
    return state.task ?? Response.json({ detail: 'Not found' }, { status: state.status });
  });
  const client = new TickTickClient({
    auth: 'token',
    dialect: 'guide',
    baseUrl: 'https://gateway.example/open/v1',
    limits: [],
    fetch,
  });
  const store = memoryStore();
  const poll = async (task: TaskOfGateway | undefined): Promise<TaskChangeEvent[]> => {
    state.task = task;
    const batch = await client.changes.poll({ store, key: 'feed' });
    await batch.acknowledge();
    return batch.events;
  };
  return { client, store, state, poll };
}

const TASK = { id: 't1', projectId: 'p1', title: 'First' };

test('16.30: a task that is deleted, restored, changed and deleted again is two deletions', async () => {
  const { poll } = start();
  await poll(TASK);
  const [first] = await poll(undefined);
  await poll({ ...TASK, title: 'Second' });
  const [second] = await poll(undefined);
  expect([first?.type, second?.type]).toEqual(['task.deleted', 'task.deleted']);
  expect(second?.id).not.toBe(first?.id);
});

test('16.30: a deletion that is polled twice has the same id', async () => {
  const { client, store, state, poll } = start();
  await poll(TASK);
  state.task = undefined;
  const once = await client.changes.poll({ store, key: 'feed' });
  once.release();
  const again = await client.changes.poll({ store, key: 'feed' });
  expect(again.events.map(({ id }) => id)).toEqual(once.events.map(({ id }) => id));
  expect(once.events).toHaveLength(1);
});

test.each([400, 403, 405])(
  '18.3: a task that a gateway answers with %i is asked for again',
  async (status) => {
    const { poll, state } = start();
    await poll(TASK);
    state.status = status;
    expect(await poll(undefined)).toEqual([]);
    state.status = 404;
    expect(await poll(undefined)).toMatchObject([{ type: 'task.deleted' }]);
  },
);
