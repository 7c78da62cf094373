import assert from 'node:assert/strict';
import type { RecordStore } from '../record-store.ts';
import { type Check, create, write } from './check.ts';

const SHORT_MS = 20;
const PAST_SHORT_MS = 45;
const LONG_MS = 60_000;
/** For a store that is slow to write a record twice. */
const LONGEST_MS = 64 * SHORT_MS;

/** How records end. */
export const expiryChecks: readonly Check[] = [
  {
    name: 'a record with a TTL is there until it ends, then reads as absent',
    async run({ store, other, pass }) {
      await create(store, 'short', 'value', SHORT_MS);
      await create(store, 'long', 'value', LONG_MS);
      await pass(PAST_SHORT_MS);
      assert.equal(await store.get('short'), undefined);
      assert.equal(await other.get('short'), undefined);
      assert.equal((await store.get('long'))?.value, 'value');
    },
  },
  {
    name: 'an expired record can be created again, with a version of its own',
    async run({ store, pass }) {
      const old = await create(store, 'key', 'old', SHORT_MS);
      await pass(PAST_SHORT_MS);
      const version = await create(store, 'key', 'new');
      assert.notEqual(version, old);
      assert.deepEqual({ ...(await store.get('key')) }, { value: 'new', version });
    },
  },
  {
    name: 'the version of an expired record writes and deletes nothing',
    async run({ store, pass }) {
      const old = await create(store, 'key', 'old', SHORT_MS);
      await pass(PAST_SHORT_MS);
      assert.equal(await store.compareAndSet('key', old, 'late'), undefined);
      assert.equal(await store.delete('key', old), false);
      assert.equal(await store.delete('key'), false);
      assert.equal(await store.get('key'), undefined);
      await create(store, 'key', 'new');
      assert.equal(await store.compareAndSet('key', old, 'later'), undefined);
      assert.equal((await store.get('key'))?.value, 'new');
    },
  },
  {
    name: 'a write without a TTL clears the one before',
    async run({ store, pass }) {
      const { key, ttlMs } = await rewriteInTime(store);
      await pass(ttlMs + PAST_SHORT_MS);
      assert.equal((await store.get(key))?.value, 'lasts');
      assert.deepEqual(await store.list(key), [key]);
    },
  },
  {
    name: 'a write with a TTL replaces the one before, longer or shorter',
    async run({ store, pass }) {
      const long = await create(store, 'shortened', 'value', LONG_MS);
      await write(store, 'shortened', long, 'value', SHORT_MS);
      const endless = await create(store, 'ended', 'value');
      await write(store, 'ended', endless, 'value', SHORT_MS);
      await pass(PAST_SHORT_MS);
      assert.equal(await store.get('shortened'), undefined);
      assert.equal(await store.get('ended'), undefined);
    },
  },
  {
    name: 'expired records are not listed',
    async run({ store, pass }) {
      await create(store, 'ended', 'value', SHORT_MS);
      await create(store, 'there', 'value', LONG_MS);
      await pass(PAST_SHORT_MS);
      assert.deepEqual(await store.list(''), ['there']);
    },
  },
  {
    name: 'a TTL that is no time is refused',
    async run({ store }) {
      for (const ttlMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY])
        await assert.rejects(store.compareAndSet('key', undefined, 'value', { ttlMs }), {
          name: 'ConfigurationError',
          message: /ttlMs/,
        });
      assert.equal(await store.get('key'), undefined);
    },
  },
];

/** Writes a record again, without a TTL, before it has expired; a slow backend gets longer and longer ones. */
async function rewriteInTime(store: RecordStore): Promise<{ key: string; ttlMs: number }> {
  for (let ttlMs = SHORT_MS; ttlMs <= LONGEST_MS; ttlMs *= 2) {
    const key = `lasting ${ttlMs}`;
    const version = await create(store, key, 'ends', ttlMs);
    if ((await store.compareAndSet(key, version, 'lasts')) !== undefined) return { key, ttlMs };
  }
  return assert.fail(`A record expired before it could be written again within ${LONGEST_MS} ms`);
}
