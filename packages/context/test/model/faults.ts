import { type RecordStore, StoreError } from '@context-sdk/oauth-core';
import * as fc from 'fast-check';

/** What goes wrong during one call. `at` counts steps to the store and the services. */
export type CallFault =
  | { kind: 'none' }
  | { kind: 'crash'; at: number; arrives: boolean }
  | { kind: 'store-fails'; at: number; arrives: boolean }
  | { kind: 'answer-lost' }
  | { kind: 'services-down' };

const at = fc.integer({ min: 1, max: 40 });

export const callFaults: fc.Arbitrary<CallFault> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<CallFault>({ kind: 'none' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash'), at, arrives: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('store-fails'), at, arrives: fc.boolean() }) },
  { weight: 1, arbitrary: fc.constant<CallFault>({ kind: 'answer-lost' }) },
  { weight: 1, arbitrary: fc.constant<CallFault>({ kind: 'services-down' }) },
);

/** A store of which one operation fails, whether or not it arrived. */
export interface FailingStore {
  store: RecordStore;
  /** Fails the operation after so many others. */
  failIn(operations: number, arrives: boolean): void;
  heal(): void;
}

export function failingStore(inner: RecordStore): FailingStore {
  let left = Number.POSITIVE_INFINITY;
  let hasArrived = false;
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    left -= 1;
    if (left !== 0) return await work();
    if (hasArrived) await work();
    throw new StoreError('unavailable', 'The store is away.');
  };
  return {
    failIn(operations, arrives) {
      left = operations;
      hasArrived = arrives;
    },
    heal() {
      left = Number.POSITIVE_INFINITY;
    },
    store: {
      get: (...args) => step(() => inner.get(...args)),
      compareAndSet: (...args) => step(() => inner.compareAndSet(...args)),
      delete: (...args) => step(() => inner.delete(...args)),
      list: (...args) => step(() => inner.list(...args)),
    },
  };
}
