import type { RecordStore } from '../record-store.ts';

/** What a check works with. */
export interface Subject {
  /** Empty when the check begins. */
  readonly store: RecordStore;
  /** Another store on the same backend; the same one where the host can't open two. */
  readonly other: RecordStore;
  /** Lets so many milliseconds pass for the store's TTLs. */
  pass(ms: number): Promise<void>;
}

/** One promise of a store, and what shows that it is kept. */
export interface Check {
  readonly name: string;
  run(subject: Subject): Promise<void>;
}
