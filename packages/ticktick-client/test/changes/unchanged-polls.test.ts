import { memoryRateLimiter, memoryStore, type RecordStore } from '@context-sdk/oauth-core';
import { createSandbox } from '@context-sdk/sandbox';
import { failure } from '@context-sdk/test-support';
import { TickTickClient } from '@context-sdk/ticktick-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const KEY = 'feed';
const HOUR = 3_600_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** An account whose store tells what is read of it. */
function start(count = 0) {
  const sandbox = createSandbox({ seed: 'empty', ticktick: { rateLimits: [] } });
  const testUser = sandbox.ticktick.testUser();
  for (let index = 0; index < count; index += 1)
    testUser.createTask({ title: `Task ${index}`, content: 'Some text that a task has.' });
  const kept = memoryStore();
  const read: { key: string; bytes: number }[] = [];
  const store: RecordStore = {
    ...kept,
    async get(key) {
      const record = await kept.get(key);
      read.push({ key, bytes: record?.value.length ?? 0 });
      return record;
    },
  };
  const client = new TickTickClient({
    auth: sandbox.ticktick.issueApiToken(),
    fetch: sandbox.fetch,
    limits: [],
    rateLimiter: memoryRateLimiter(),
    retry: { minDelayMs: 0, maxDelayMs: 0 },
  });
  const poll = (more = {}) => client.changes.poll({ store, key: KEY, ...more });
  const told = async (more = {}): Promise<string[]> => {
    const batch = await poll(more);
    await batch.acknowledge();
    return batch.events.map(({ type }) => type);
  };
  const bytesOf = async (work: () => Promise<unknown>): Promise<number> => {
    read.length = 0;
    await work();
    return read.reduce((sum, { bytes }) => sum + bytes, 0);
  };
  const hasReadSnapshot = (): boolean => read.some(({ key }) => key.endsWith('/snapshot'));
  return { testUser, kept, store, poll, told, bytesOf, hasReadSnapshot };
}

describe('24.6: a poll that finds nothing new', () => {
  test('24.6: reads at most 1 kB, whatever the account has', async () => {
    const { told, bytesOf, hasReadSnapshot } = start(150);
    await told();
    expect(await bytesOf(told)).toBeLessThanOrEqual(1_000);
    expect(hasReadSnapshot()).toBe(false);
  });

  test('24.6: reads the snapshot if anything is new, and not again afterwards', async () => {
    const { testUser, told, bytesOf, hasReadSnapshot } = start(3);
    await told();
    testUser.createTask({ title: 'new' });
    expect(await told()).toEqual(['task.created']);
    await bytesOf(told);
    expect(hasReadSnapshot()).toBe(false);
  });

  test('24.6: reads the snapshot if it is to tell of other things', async () => {
    const { told, bytesOf, hasReadSnapshot } = start(3);
    await told();
    await bytesOf(() => told({ projects: true }));
    expect(hasReadSnapshot()).toBe(true);
    await bytesOf(() => told({ projects: true }));
    expect(hasReadSnapshot()).toBe(false);
    await bytesOf(() => told({ includeClosed: true }));
    expect(hasReadSnapshot()).toBe(true);
  });

  test('24.6: still refuses a filter that can’t be', async () => {
    const { told, poll } = start(1);
    await told();
    expect(await failure(poll({ only: ['nothing'] }))).toMatchObject({
      code: 'invalid_request',
      field: 'only',
    });
  });

  test('24.6: compares everything once an hour, so that a damaged snapshot is found', async () => {
    const { told, poll, kept } = start(1);
    await told();
    await kept.compareAndSet(`${KEY}/snapshot`, (await kept.get(`${KEY}/snapshot`))?.version, '{}');
    expect(await told()).toEqual([]);
    vi.setSystemTime(Date.now() + HOUR);
    expect(await failure(poll())).toMatchObject({ code: 'store', reason: 'corrupt' });
  });
});

describe('24.6: what was seen is not trusted', () => {
  test('24.6: after a batch that nobody acknowledged, though the account is as it was before', async () => {
    const { testUser, poll, told } = start(1);
    await told();
    const task = testUser.createTask({ title: 'short-lived' });
    const batch = await poll();
    expect(batch.events).toHaveLength(1);
    batch.release();
    testUser.deleteTask(task.id);
    expect(await told()).toEqual(['task.deleted']);
  });

  test('24.6: after an acknowledgment that broke off, though the account is as it was before', async () => {
    const { testUser, poll, told, store, kept } = start(1);
    await told();
    const task = testUser.createTask({ title: 'short-lived' });
    const batch = await poll();
    const { compareAndSet } = kept;
    store.compareAndSet = async (key, ...rest) => {
      const version = await compareAndSet(key, ...rest);
      // The process dies once the snapshot is written.
      if (key.endsWith('/snapshot')) throw new Error('gone');
      return version;
    };
    await failure(batch.acknowledge());
    batch.release();
    store.compareAndSet = compareAndSet;
    testUser.deleteTask(task.id);
    expect(await told()).toEqual(['task.deleted']);
  });

  test('24.6: from a consumer who has lost its lease', async () => {
    const { testUser, poll, told, store, kept } = start(1);
    await told();
    testUser.createTask({ title: 'first' });
    const { compareAndSet } = kept;
    let goOn = (): void => undefined;
    // It stands still before it says what it has seen.
    const stalled = new Promise<void>((resolve) => {
      store.compareAndSet = async (key, expected, value, options) => {
        if (key.endsWith('/seen') && value.includes('"answer"')) {
          resolve();
          await new Promise<void>((end) => void (goOn = end));
        }
        return await compareAndSet(key, expected, value, options);
      };
    });
    const late = await poll({ leaseTtlMs: 1_000 });
    const acknowledged = failure(late.acknowledge());
    await stalled;
    store.compareAndSet = compareAndSet;
    const task = testUser.createTask({ title: 'second' });
    const other = await poll();
    other.release();
    goOn();
    await acknowledged;
    testUser.deleteTask(task.id);
    expect(await told()).toContain('task.deleted');
  });

  test('24.6: where its record is damaged', async () => {
    const { testUser, told, kept } = start(1);
    await told();
    await kept.compareAndSet(`${KEY}/seen`, (await kept.get(`${KEY}/seen`))?.version, 'damaged');
    testUser.createTask({ title: 'new' });
    expect(await told()).toEqual(['task.created']);
    expect(await told()).toEqual([]);
  });
});

test('24.6: a snapshot takes at most 60 bytes for each task, and earlier ones are read', async () => {
  const { testUser, told, kept } = start(150);
  await told();
  const record = await kept.get(`${KEY}/snapshot`);
  expect((record?.value.length ?? 0) / 150).toBeLessThanOrEqual(60);
  const { deflated } = JSON.parse(record?.value ?? '') as { deflated: string };
  const stream = new Blob([Buffer.from(deflated, 'base64')]).stream();
  const text = await new Response(stream.pipeThrough(new DecompressionStream('deflate-raw'))).text();
  await kept.compareAndSet(`${KEY}/snapshot`, record?.version, text);
  testUser.createTask({ title: 'new' });
  expect(await told()).toEqual(['task.created']);
});
