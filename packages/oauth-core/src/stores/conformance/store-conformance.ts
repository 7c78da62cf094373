import { delay } from '../../timing/delay.ts';
import type { RecordStore } from '../record-store.ts';
import type { Check, Subject } from './check.ts';
import { compareAndSetChecks } from './compare-and-set-checks.ts';
import { contentChecks } from './content-checks.ts';
import { deleteChecks } from './delete-checks.ts';
import { expiryChecks } from './expiry-checks.ts';
import { listChecks } from './list-checks.ts';
import { manyChecks } from './many-checks.ts';
import { raceChecks } from './race-checks.ts';

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
  ...manyChecks,
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
