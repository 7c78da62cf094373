import assert from 'node:assert/strict';
import { type Check, create, write } from './check.ts';

/** Who may write. */
export const compareAndSetChecks: readonly Check[] = [
  {
    name: 'an absent record reads as undefined',
    async run({ store }) {
      assert.equal(await store.get('absent'), undefined);
    },
  },
  {
    name: 'a created record reads back with the version that its write gave',
    async run({ store }) {
      const version = await create(store, 'key', 'value');
      assert.deepEqual({ ...(await store.get('key')) }, { value: 'value', version });
    },
  },
  {
    name: 'creating a record that exists loses and changes nothing',
    async run({ store }) {
      const version = await create(store, 'key', 'first');
      assert.equal(await store.compareAndSet('key', undefined, 'second'), undefined);
      assert.deepEqual({ ...(await store.get('key')) }, { value: 'first', version });
    },
  },
  {
    name: 'a write at the current version wins and gives a new version',
    async run({ store }) {
      const first = await create(store, 'key', 'first');
      const second = await write(store, 'key', first, 'second');
      assert.notEqual(second, first);
      assert.deepEqual({ ...(await store.get('key')) }, { value: 'second', version: second });
    },
  },
  {
    name: 'the same value written again gives a new version too',
    async run({ store }) {
      const first = await create(store, 'key', 'same');
      assert.notEqual(await write(store, 'key', first, 'same'), first);
    },
  },
  {
    name: 'a write at an old version loses and changes nothing',
    async run({ store }) {
      const first = await create(store, 'key', 'first');
      const second = await write(store, 'key', first, 'second');
      assert.equal(await store.compareAndSet('key', first, 'third'), undefined);
      assert.deepEqual({ ...(await store.get('key')) }, { value: 'second', version: second });
    },
  },
  {
    name: 'a write at a version creates nothing where there is no record',
    async run({ store }) {
      const version = await create(store, 'key', 'value');
      assert.equal(await store.compareAndSet('other', version, 'value'), undefined);
      assert.equal(await store.compareAndSet('other', 'no-such-version', 'value'), undefined);
      assert.equal(await store.get('other'), undefined);
    },
  },
  {
    name: 'a version that the store never gave loses',
    async run({ store }) {
      await create(store, 'key', 'value');
      assert.equal(await store.compareAndSet('key', 'no-such-version', 'other'), undefined);
      assert.equal(await store.compareAndSet('key', '', 'other'), undefined);
      assert.equal((await store.get('key'))?.value, 'value');
    },
  },
  {
    name: 'records are independent of one another',
    async run({ store }) {
      const version = await create(store, 'one', '1');
      await create(store, 'two', '2');
      await write(store, 'one', version, '1 again');
      assert.equal((await store.get('two'))?.value, '2');
    },
  },
  {
    name: 'another store on the same backend sees the write, and its version holds there',
    async run({ store, other }) {
      const version = await create(store, 'key', 'value');
      assert.deepEqual({ ...(await other.get('key')) }, { value: 'value', version });
      await write(other, 'key', version, 'by the other');
      assert.equal((await store.get('key'))?.value, 'by the other');
      assert.equal(await store.compareAndSet('key', version, 'late'), undefined);
    },
  },
];
