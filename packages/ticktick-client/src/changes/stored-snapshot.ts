import type { RecordStore } from '@context-sdk/oauth-core';
import { StoreError } from '@context-sdk/oauth-core/errors';
import type { Snapshot } from './snapshot.ts';

/** The snapshot's own record: large, and written only when something changed. */
export class StoredSnapshot {
  readonly #store: RecordStore;
  readonly #key: string;
  #version: string | undefined;
  #text: string | undefined;

  constructor(store: RecordStore, key: string) {
    this.#store = store;
    this.#key = `${key}/snapshot`;
  }

  async read(): Promise<Snapshot | undefined> {
    const record = await this.#store.get(this.#key);
    this.#version = record?.version;
    this.#text = record?.value;
    return record && parsed(record.value, this.#key);
  }

  /** Replaces what was read. Throws {@link StoreError} `lease-lost` if another consumer has replaced it. */
  async write(snapshot: Snapshot): Promise<void> {
    const text = JSON.stringify(snapshot);
    if (text === this.#text) return;
    const version = await this.#store.compareAndSet(this.#key, this.#version, text);
    if (version === undefined) {
      throw new StoreError('lease-lost', 'Another consumer of this change feed has continued from here.');
    }
    this.#version = version;
    this.#text = text;
  }
}

function parsed(text: string, key: string): Snapshot {
  try {
    return JSON.parse(text) as Snapshot;
  } catch {
    throw new StoreError('corrupt', `The record ${JSON.stringify(key)} is not a snapshot of tasks.`);
  }
}
