import type { RecordStore } from './record-store.ts';

const volatile = new WeakSet<RecordStore>();

/** Marks a store whose records end with the process. */
export function markVolatile<S extends RecordStore>(store: S): S {
  volatile.add(store);
  return store;
}

/** Whether the records of a store end with the process, so that none lies anywhere. */
export function isVolatile(store: RecordStore): boolean {
  return volatile.has(store);
}
