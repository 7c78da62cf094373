import assert from 'node:assert/strict';
import { type Check, create, write } from './check.ts';

/** What deletes do, and that they do not make versions repeat. */
export const deleteChecks: readonly Check[] = [
  {
    name: 'delete removes the record whatever its version, and says so',
    async run({ store }) {
      await create(store, 'key', 'value');
      assert.equal(await store.delete('key'), true);
      assert.equal(await store.get('key'), undefined);
      assert.equal(await store.delete('key'), false);
    },
  },
  {
    name: 'deleting what never was says false',
    async run({ store }) {
      assert.equal(await store.delete('absent'), false);
      assert.equal(await store.delete('absent', 'no-such-version'), false);
    },
  },
  {
    name: 'delete at a version removes only that version',
    async run({ store }) {
      const first = await create(store, 'key', 'first');
      const second = await write(store, 'key', first, 'second');
      assert.equal(await store.delete('key', first), false);
      assert.equal((await store.get('key'))?.value, 'second');
      assert.equal(await store.delete('key', second), true);
      assert.equal(await store.get('key'), undefined);
    },
  },
  {
    name: 'a deleted record can be created again, and writes at its old version lose',
    async run({ store }) {
      const old = await create(store, 'key', 'old');
      await store.delete('key');
      assert.equal(await store.compareAndSet('key', old, 'late'), undefined);
      await create(store, 'key', 'new');
      assert.equal(await store.compareAndSet('key', old, 'later'), undefined);
      assert.equal(await store.delete('key', old), false);
      assert.equal((await store.get('key'))?.value, 'new');
    },
  },
  {
    name: 'versions of a key never repeat, not even after deletes',
    async run({ store, other }) {
      const versions: string[] = [];
      for (let round = 0; round < 12; round++) {
        const own = round % 2 ? store : other;
        const version = await create(own, 'key', 'value');
        versions.push(version, await write(own, 'key', version, 'value'));
        await own.delete('key');
      }
      assert.equal(new Set(versions).size, versions.length);
    },
  },
];
