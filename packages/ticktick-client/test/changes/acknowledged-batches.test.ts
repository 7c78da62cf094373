import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memoryStore } from '@context-sdk/oauth-core';
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
