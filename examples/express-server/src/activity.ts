import type { RecordStore } from '@context-sdk/context';
import { readLeased, withLease } from '@context-sdk/context/store-kit';

/** Something that happened to a user's things, in words. */
export interface Entry {
  id: string;
  at: number;
  source: string;
  text: string;
  /** A service told of it; else the user did it here. */
  isTold?: boolean;
  /** The action that takes it back, and what of. */
  undo?: { action: string; taskId: string; projectId: string; title: string } | undefined;
}

const MOST = 30;

/** What happened lately, newest first: kept in the store, so that every process and every page tells the same. */
export class Activity {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  async of(userId: string): Promise<Entry[]> {
    return (await readLeased<Entry[]>(this.#store, keyOf(userId))) ?? [];
  }

  /** Adds an entry once: an event that is delivered again, after a crash for example, is there already. */
  async add(
    userId: string,
    { id = crypto.randomUUID(), ...entry }: Partial<Entry> & Pick<Entry, 'source' | 'text'>,
  ): Promise<void> {
    await withLease<Entry[], void>(this.#store, keyOf(userId), { ttlMs: 5_000 }, async (lease) => {
      const entries = lease.value ?? [];
      if (entries.some((known) => known.id === id)) return;
      await lease.save([{ at: Date.now(), ...entry, id }, ...entries].slice(0, MOST));
    });
  }
}

function keyOf(userId: string): string {
  return `activity/${encodeURIComponent(userId)}`;
}
