import { memoryStore, type RecordStore, type StoredRecord } from '@context-sdk/oauth-core';
import { storeConformance } from '@context-sdk/oauth-core/testing';
import { describe, expect, test } from 'vitest';

/** Runs the suite outside of the runner, and gives the names of the tests that failed. */
async function failuresOf(createStore: () => RecordStore): Promise<string[]> {
  const runs: Promise<string[]>[] = [];
  storeConformance({
    createStore,
    test: (name, run) =>
      runs.push(
        run().then(
          () => [],
          () => [name],
        ),
      ),
  });
  return (await Promise.all(runs)).flat();
}

/** What a driver gives for no row. */
const NOTHING = null as unknown as undefined;

type Broken = (store: RecordStore) => Partial<RecordStore>;

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Versions that are counted from 1 for every record that is created. */
function countingFromOne(): Partial<RecordStore> {
  const records = new Map<string, StoredRecord>();
  return {
    get: async (key) => records.get(key),
    async compareAndSet(key, expected, value) {
      const current = records.get(key);
      if (current?.version !== expected) return undefined;
      const version = String(Number(expected ?? 0) + 1);
      records.set(key, { value, version });
      return version;
    },
    delete: async (key) => records.delete(key),
  };
}

/** Each breaks one promise; the text is a part of the name of a test that has to notice. */
const BROKEN: readonly [name: string, noticed: string, broken: Broken][] = [
  [
    'gives null for no record',
    'an absent record reads as undefined',
    (store) => ({ get: async (key) => (await store.get(key)) ?? NOTHING }),
  ],
  [
    'gives null for a lost write',
    'creating a record that exists loses',
    (store) => ({ compareAndSet: async (...write) => (await store.compareAndSet(...write)) ?? NOTHING }),
  ],
  [
    'gives at most 1,000 keys',
    'fewer keys than the limit',
    (store) => ({
      list: (prefix, { limit = 1000, ...options } = {}) =>
        store.list(prefix, { ...options, limit: limit > 1000 ? 1000 : limit }),
    }),
  ],
  [
    'overwrites on create',
    'creating a record that exists',
    (store) => ({
      async compareAndSet(key, expected, value, options) {
        const current = expected ?? (await store.get(key))?.version;
        return store.compareAndSet(key, current, value, options);
      },
    }),
  ],
  [
    'ignores the version',
    'at an old version',
    (store) => ({
      compareAndSet: async (key, _expected, value, options) =>
        store.compareAndSet(key, (await store.get(key))?.version, value, options),
    }),
  ],
  [
    'creates at any version',
    'creates nothing where there is no record',
    (store) => ({
      compareAndSet: async (key, expected, value, options) =>
        store.compareAndSet(key, (await store.get(key)) && expected, value, options),
    }),
  ],
  [
    'reads, compares and writes in steps',
    'loses none of their updates',
    (store) => ({
      async compareAndSet(key, expected, value, options) {
        if ((await store.get(key))?.version !== expected) return undefined;
        await turn();
        return store.compareAndSet(key, (await store.get(key))?.version, value, options);
      },
    }),
  ],
  ['counts versions anew after a delete', 'versions of a key never repeat', countingFromOne],
  ['deletes any version', 'delete at a version', (store) => ({ delete: (key) => store.delete(key) })],
  ['never deletes', 'delete removes the record', () => ({ delete: async () => true })],
  [
    'ignores TTLs',
    'until it ends',
    (store) => ({
      compareAndSet: (key, expected, value) => store.compareAndSet(key, expected, value),
    }),
  ],
  [
    'keeps a TTL',
    'clears the one before',
    (store) => {
      const ttls = new Map<string, number>();
      return {
        compareAndSet(key, expected, value, { ttlMs = ttls.get(key) } = {}) {
          if (ttlMs !== undefined) ttls.set(key, ttlMs);
          return store.compareAndSet(key, expected, value, ttlMs === undefined ? {} : { ttlMs });
        },
      };
    },
  ],
  [
    'takes any TTL',
    'a TTL that is no time',
    (store) => ({
      compareAndSet: (key, expected, value, options) =>
        store.compareAndSet(key, expected, value, (options?.ttlMs ?? 0) > 0 ? options : {}),
    }),
  ],
  [
    'lists in order of creation',
    'in order',
    (store) => {
      const created: string[] = [];
      return {
        compareAndSet(key, ...rest) {
          if (!created.includes(key)) created.push(key);
          return store.compareAndSet(key, ...rest);
        },
        async list(prefix, options) {
          const there = await store.list(prefix, options);
          return created.filter((key) => there.includes(key));
        },
      };
    },
  ],
  [
    'lists in the order of code units',
    'order is that of code points',
    (store) => ({
      list: async (prefix, options) => (await store.list(prefix, options)).toSorted(),
    }),
  ],
  [
    'lists by pattern',
    'treat as patterns',
    (store) => ({
      async list(prefix, options) {
        const pattern = new RegExp(
          `^${prefix.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('_', '.')}`,
        );
        return (await store.list('', options)).filter((key) => pattern.test(key));
      },
    }),
  ],
  [
    'ignores the limit',
    'pages through',
    (store) => ({
      list: (prefix, { limit: _limit, ...options } = {}) => store.list(prefix, options),
    }),
  ],
  [
    'lists from after, not behind it',
    'nothing follows the last',
    (store) => ({
      async list(prefix, { after, ...options } = {}) {
        return (await store.list(prefix, options)).filter((key) => key >= (after ?? ''));
      },
    }),
  ],
  [
    'takes keys without regard to case',
    'no two of them meet',
    (store) => ({
      get: (key) => store.get(key.toLowerCase()),
      compareAndSet: (key, ...rest) => store.compareAndSet(key.toLowerCase(), ...rest),
    }),
  ],
  [
    'ends keys at NUL',
    'no two of them meet',
    (store) => ({
      get: (key) => store.get(key.split('\0')[0] ?? key),
      compareAndSet: (key, ...rest) => store.compareAndSet(key.split('\0')[0] ?? key, ...rest),
    }),
  ],
  [
    'takes any key',
    'is refused by name',
    () => {
      const records = new Map<string, StoredRecord>();
      return { get: async (key) => records.get(key) };
    },
  ],
  [
    'takes an empty value for none',
    'an empty value',
    (store) => ({
      async get(key) {
        const record = await store.get(key);
        return record?.value ? record : undefined;
      },
    }),
  ],
  [
    'trims values',
    'a megabyte',
    (store) => ({
      compareAndSet: (key, expected, value, options) =>
        store.compareAndSet(key, expected, value.slice(0, 65_535), options),
    }),
  ],
];

describe('the suite notices a store that', () => {
  for (const [name, noticed, broken] of BROKEN)
    test(name, async () => {
      const failures = await failuresOf(() => {
        const store = memoryStore();
        return { ...store, ...broken(store) };
      });
      expect(failures).toContainEqual(expect.stringContaining(noticed));
    });
});

test('the suite finds nothing wrong with a store that is right', async () => {
  expect(await failuresOf(memoryStore)).toEqual([]);
});
