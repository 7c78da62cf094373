import type { RecordStore } from '../record-store.ts';

/** A {@link RecordStore} with tables of its own in the host's database. */
export interface TableStore extends RecordStore {
  /** Makes the tables of records and of the schedule and their indexes unless they exist; any number of processes may do so at once. */
  createTable(): Promise<void>;
}
