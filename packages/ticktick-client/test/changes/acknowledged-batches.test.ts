import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { expect, test } from 'vitest';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const BATCHES = 10;

test('24.heap: a batch that was acknowledged is let go of, while the signal of the poll goes on', async () => {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const client = new TickTickClient({
    auth: sandbox.ticktick.issueApiToken(),
    fetch: sandbox.fetch,
    limits: [],
  });
  const { signal } = new AbortController();
  const options = { store: memoryStore(), key: 'user-1/ticktick/changes', signal };
  await (await client.changes.poll(options)).acknowledge();
  const handedOut: WeakRef<object>[] = [];
  const handOut = async (): Promise<void> => {
    sandbox.ticktick.testUser().createTask({ title: 'New' });
    const batch = await client.changes.poll(options);
    expect(batch.events).toHaveLength(1);
    handedOut.push(new WeakRef(batch.events));
    await batch.acknowledge();
  };
  for (let count = 0; count < BATCHES; count += 1) await handOut();
  for (let count = 0; count < 3; count += 1) {
    collect();
    await setImmediate();
  }
  // What ran last may still be on the stack.
  expect(handedOut.filter((batch) => batch.deref() !== undefined).length).toBeLessThan(2);
  signal.throwIfAborted();
});

const KEY = 'user-1/ticktick/changes';

/** A feed with one change that no batch has had. */
async function startFeed(store: RecordStore) {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const client = new TickTickClient({
    auth: sandbox.ticktick.issueApiToken(),
    fetch: sandbox.fetch,
    limits: [],
  });
  const poll = async () => await client.changes.poll({ store, key: KEY });
  await (await poll()).acknowledge();
  sandbox.ticktick.testUser().createTask({ title: 'New' });
  return poll;
}

test('16.32: a batch that was released can’t be acknowledged, and is handed out again', async () => {
  const poll = await startFeed(memoryStore());
  const batch = await poll();
  batch.release();
  for (let time = 0; time < 2; time += 1) {
    await expect(batch.acknowledge()).rejects.toMatchObject({ reason: 'lease-lost' });
    batch.release();
  }
  const again = await poll();
  expect(again.events).toEqual(batch.events);
  await again.acknowledge();
  expect((await poll()).events).toEqual([]);
});

test('16.32: a batch that is released while it is acknowledged is acknowledged', async () => {
  const store = memoryStore();
  const { promise: isWriting, resolve: write } = Promise.withResolvers<void>();
  const { promise: mayWrite, resolve: goOn } = Promise.withResolvers<void>();
  let isHeldUp = false;
  const slow: RecordStore = {
    get: (...all) => store.get(...all),
    delete: (...all) => store.delete(...all),
    list: (...all) => store.list(...all),
    async compareAndSet(key, ...rest) {
      if (isHeldUp && key === `${KEY}/snapshot`) {
        write();
        await mayWrite;
      }
      return await store.compareAndSet(key, ...rest);
    },
  };
  const poll = await startFeed(slow);
  const batch = await poll();
  isHeldUp = true;
  const acknowledged = batch.acknowledge();
  await isWriting;
  batch.release();
  await setImmediate();
  goOn();
  await acknowledged;
  expect((await poll()).events).toEqual([]);
});
