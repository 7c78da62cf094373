import assert from 'node:assert/strict';
import type { RecordStore } from '../record-store.ts';
import { type Check, create } from './check.ts';

const MANY = 30;

/** What a store may do for many records at once. A store without these methods passes. */
export const manyChecks: readonly Check[] = [
  {
    name: 'getMany gives the records of keys in their order, and nothing where there is none',
    async run({ store, pass }) {
      if (store.getMany === undefined) return;
      const keys = Array.from({ length: MANY }, (_, index) => `many/${index}`);
      for (const key of keys) await create(store, key, `value of ${key}`);
      await create(store, 'gone', 'value', 20);
      await pass(40);
      const asked = [...keys.toReversed(), 'none', 'gone', 'many/0'];
      const expected = await Promise.all(asked.map((key) => store.get(key)));
      assert.deepEqual(await store.getMany(asked), expected);
      assert.deepEqual(await store.getMany([]), []);
    },
  },
  {
    name: 'getMany gives any text as it was written',
    async run({ store }) {
      if (store.getMany === undefined) return;
      const values = ['', '\u0000', '{"a":1}', '한 😀', 'a'.repeat(10_000)];
      for (const [index, value] of values.entries()) await create(store, `text/${index}`, value);
      const records = await store.getMany(values.map((_, index) => `text/${index}`));
      assert.deepEqual(
        records.map((record) => record?.value),
        values,
      );
    },
  },
  {
    name: 'getMany refuses what is no key',
    async run({ store }) {
      if (store.getMany === undefined) return;
      await assert.rejects(store.getMany(['a', '']), { name: 'ConfigurationError' });
    },
  },
  {
    name: 'scan gives every key under a prefix, without those that are gone',
    async run({ store, pass }) {
      if (store.scan === undefined) return;
      const keys = Array.from({ length: MANY }, (_, index) => `scan/${index}`);
      for (const key of [...keys, 'scan', 'scam/1', 'scan*1']) await create(store, key, 'value');
      await create(store, 'scan/expired', 'value', 20);
      await create(store, 'scan/deleted', 'value');
      await store.delete('scan/deleted');
      await pass(40);
      assert.deepEqual(await scanned(store, 'scan/'), keys.toSorted());
      assert.deepEqual(await scanned(store, 'scan*'), ['scan*1']);
      assert.deepEqual(await scanned(store, ''), ['scam/1', 'scan', 'scan*1', ...keys].toSorted());
      assert.deepEqual(await scanned(store, 'nothing/'), []);
    },
  },
  {
    name: 'scan gives the keys that were there all the time, whatever is written meanwhile',
    async run({ store }) {
      if (store.scan === undefined) return;
      const keys = Array.from({ length: MANY }, (_, index) => `kept/${index}`);
      for (const key of keys) await create(store, key, 'value');
      const found = new Set<string>();
      let count = 0;
      for await (const key of store.scan('kept/')) {
        found.add(key);
        if ((count += 1) > 2 * MANY) break;
        await create(store, `kept/new-${count}`, 'value');
      }
      assert.deepEqual(
        keys.filter((key) => !found.has(key)),
        [],
      );
    },
  },
];

/** Each key once, by code units. */
async function scanned(store: RecordStore, prefix: string): Promise<string[]> {
  const found = new Set<string>();
  for await (const key of store.scan?.(prefix) ?? []) found.add(key);
  return [...found].toSorted();
}
