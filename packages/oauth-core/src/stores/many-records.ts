import type { RecordStore, StoredRecord } from './record-store.ts';

/** Some stores read all their keys for every page. */
const PAGE = 10_000;

/** All keys under a prefix, in any order; a key may come twice. */
export async function* scanKeys(store: RecordStore, prefix: string): AsyncGenerator<string> {
  if (store.scan === undefined) yield* orderedKeys(store, prefix);
  else yield* store.scan(prefix);
}

/** All keys under a prefix that follow `after`, in order. */
export async function* orderedKeys(
  store: RecordStore,
  prefix: string,
  after?: string,
  limit: number = PAGE,
): AsyncGenerator<string> {
  for (let last = after; ;) {
    const page = await store.list(prefix, { limit, ...(last !== undefined && { after: last }) });
    yield* page;
    last = page.at(-1);
    if (page.length < limit) return;
  }
}

/** The records of several keys, in their order. */
export async function readRecords(
  store: RecordStore,
  keys: readonly string[],
): Promise<(StoredRecord | undefined)[]> {
  if (store.getMany === undefined) return await Promise.all(keys.map((key) => store.get(key)));
  return keys.length === 0 ? [] : await store.getMany(keys);
}
