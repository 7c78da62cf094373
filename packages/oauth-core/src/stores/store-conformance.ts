import { compareAndSetChecks } from './conformance/compare-and-set-checks.ts';
import type { Check, Subject } from './conformance/check.ts';
import { contentChecks } from './conformance/content-checks.ts';
import { deleteChecks } from './conformance/delete-checks.ts';
import { expiryChecks } from './conformance/expiry-checks.ts';
import { listChecks } from './conformance/list-checks.ts';
import { raceChecks } from './conformance/race-checks.ts';
import { delay } from '../delay.ts';
import type { RecordStore } from './record-store.ts';

/** The runner to use and the store to try. */
export interface StoreConformanceOptions {
  /** Registers a test with any runner: `test` of `node:test`, of Vitest, … */
  test: (name: string, run: () => Promise<void>) => unknown;
  /** Gives an empty store; called once per test. */
  createStore: () => RecordStore | Promise<RecordStore>;
  /** Opens a second store on the backend of the first, as another process would. */
  reopen?: ((store: RecordStore) => RecordStore | Promise<RecordStore>) | undefined;
  /** Moves the clock that TTLs follow by so many milliseconds; without it the tests wait, less than 50 ms each. */
  advance?: ((ms: number) => void | Promise<void>) | undefined;
}

const CHECKS: readonly Check[] = [
  ...compareAndSetChecks,
  ...raceChecks,
  ...deleteChecks,
  ...expiryChecks,
  ...listChecks,
  ...contentChecks,
];

/**
 * Tests that a {@link RecordStore} keeps every promise of the port, for a host's own adapter as for the SDK's.
 * Tests fail with errors of `node:assert`.
 *
 * @example
 * import { test } from 'node:test';
 * storeConformance({ test, createStore: () => new MyStore() });
 */
export function storeConformance({ test, createStore, reopen, advance }: StoreConformanceOptions): void {
  const pass = async (ms: number): Promise<void> => (advance ? advance(ms) : delay(ms));
  for (const { name, run } of CHECKS)
    test(name, async () => {
      const store = await createStore();
      const subject: Subject = { store, other: reopen ? await reopen(store) : store, pass };
      await run(subject);
    });
}
