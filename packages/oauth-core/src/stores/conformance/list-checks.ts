import assert from 'node:assert/strict';
import type { RecordStore } from '../record-store.ts';
import { type Check, create } from './check.ts';

/** Databases and services give pages of 1,000 at most by themselves. */
const MORE_THAN_A_PAGE = 1001;
const AT_ONCE = 50;

/** What maintenance finds. */
export const listChecks: readonly Check[] = [
  {
    name: 'an empty store lists nothing',
    async run({ store }) {
      assert.deepEqual(await store.list(''), []);
    },
  },
  {
    name: 'list gives the keys under a prefix, in order, without the deleted ones',
    async run({ store }) {
      await createAll(store, ['b/2', 'b/10', 'a/1', 'b/1', 'c/1', 'b', 'b/3']);
      await store.delete('b/3');
      assert.deepEqual(await store.list('b/'), ['b/1', 'b/10', 'b/2']);
      assert.deepEqual(await store.list(''), ['a/1', 'b', 'b/1', 'b/10', 'b/2', 'c/1']);
      assert.deepEqual(await store.list('nothing/'), []);
    },
  },
  {
    name: 'the order is that of code points, whatever the language',
    async run({ store }) {
      const ordered = ['A', 'B', '_', 'a', 'ab', 'b', 'z', '~', 'Ä', 'é', '한', '\uFFFD', '😀'];
      await createAll(store, ordered.toReversed());
      assert.deepEqual(await store.list(''), ordered);
    },
  },
  {
    name: 'list pages through all keys with after and limit',
    async run({ store }) {
      const keys = Array.from({ length: 25 }, (_, index) => `page/${String(index).padStart(2, '0')}`);
      await createAll(store, [...keys, 'pagf', 'pag']);
      const pages: string[][] = [];
      for (let after: string | undefined; ;) {
        const page = await store.list('page/', { limit: 10, ...(after === undefined ? {} : { after }) });
        pages.push(page);
        after = page.at(-1);
        if (page.length < 10) break;
      }
      assert.deepEqual(
        pages.map(({ length }) => length),
        [10, 10, 5],
      );
      assert.deepEqual(pages.flat(), keys);
    },
  },
  {
    name: 'list gives fewer keys than the limit only where no more follow, also of a thousand and more',
    async run({ store }) {
      const keys = Array.from(
        { length: MORE_THAN_A_PAGE },
        (_, index) => `many/${String(index).padStart(4, '0')}`,
      );
      for (let first = 0; first < keys.length; first += AT_ONCE)
        await Promise.all(keys.slice(first, first + AT_ONCE).map((key) => create(store, key, 'value')));
      assert.deepEqual(await store.list('many/', { limit: 10_000 }), keys);
      assert.deepEqual(await store.list('many/'), keys);
    },
  },
  {
    name: 'after need not be a key, and nothing follows the last one',
    async run({ store }) {
      await createAll(store, ['k/a', 'k/c']);
      assert.deepEqual(await store.list('k/', { after: 'k/b' }), ['k/c']);
      assert.deepEqual(await store.list('k/', { after: 'a' }), ['k/a', 'k/c']);
      assert.deepEqual(await store.list('k/', { after: 'k/c' }), []);
      assert.deepEqual(await store.list('k/', { after: 'z' }), []);
    },
  },
  {
    name: 'characters that databases treat as patterns stand for themselves in a prefix',
    async run({ store }) {
      const special = ['%', '_', '*', '?', '[a]', '\\', "'", '"', '^', '$', '{a}', '.'];
      await createAll(store, [...special.map((character) => `${character}/key`), 'a/key', 'aa/key']);
      for (const character of special)
        assert.deepEqual(await store.list(`${character}/`), [`${character}/key`]);
      assert.deepEqual(await store.list('%'), ['%/key']);
      assert.deepEqual(await store.list('_'), ['_/key']);
    },
  },
  {
    name: 'a limit that is no number of keys is refused',
    async run({ store }) {
      for (const limit of [0, -1, 1.5, Number.NaN])
        await assert.rejects(store.list('', { limit }), { name: 'ConfigurationError', message: /limit/ });
    },
  },
];

async function createAll(store: RecordStore, keys: readonly string[]): Promise<void> {
  for (const key of keys) await create(store, key, `value of ${key}`);
}
