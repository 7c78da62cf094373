import type { RecordStore } from '@context-sdk/oauth-core';

/** What is under way, or waits, for each key. */
const LAST = new WeakMap<RecordStore, Map<string, Promise<unknown>>>();

/** Runs work of this process on one record, one piece after the other. */
export async function inTurn<T>(store: RecordStore, key: string, work: () => Promise<T>): Promise<T> {
  const last = LAST.get(store) ?? new Map<string, Promise<unknown>>();
  LAST.set(store, last);
  const before = last.get(key);
  const own = (async () => {
    await before?.catch(() => undefined);
    return await work();
  })();
  last.set(key, own);
  try {
    return await own;
  } finally {
    if (last.get(key) === own) last.delete(key);
  }
}
