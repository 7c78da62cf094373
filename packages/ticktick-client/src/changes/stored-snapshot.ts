import type { RecordStore } from '@context-sdk/oauth-core';
import { isObject, parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import { StoreError } from '@context-sdk/oauth-core/errors';
import { soundStore } from '@context-sdk/oauth-core/store-kit';
import { compacted, expanded } from './compact.ts';
import type { Snapshot } from './snapshot.ts';

/** The snapshot's own record: large, and written only when something changed. */
export class StoredSnapshot {
  readonly #store: RecordStore;
  readonly #key: string;
  #version: string | undefined;
  #text: string | undefined;

  constructor(store: RecordStore, key: string) {
    this.#store = soundStore(store);
    this.#key = `${key}/snapshot`;
  }

  async read(): Promise<Snapshot | undefined> {
    const record = await this.#store.get(this.#key);
    this.#version = record?.version;
    this.#text = record && (await expanded(record.value));
    return record && parsed(this.#text ?? '', this.#key);
  }

  /** Whether writing would change anything. */
  differsFrom(snapshot: Snapshot): boolean {
    return JSON.stringify(snapshot) !== this.#text;
  }

  /** Replaces what was read. Throws {@link StoreError} `lease-lost` if another consumer has replaced it. */
  async write(snapshot: Snapshot): Promise<void> {
    const text = JSON.stringify(snapshot);
    if (text === this.#text) return;
    const version = await this.#store.compareAndSet(this.#key, this.#version, await compacted(text));
    if (version === undefined) {
      throw new StoreError('lease-lost', 'Another consumer of this change feed has continued from here.');
    }
    this.#version = version;
    this.#text = text;
  }
}

function parsed(text: string, key: string): Snapshot {
  const snapshot = parseJsonObject(text);
  if (snapshot !== undefined && isSnapshot(snapshot)) return snapshot;
  throw new StoreError('corrupt', `The record ${JSON.stringify(key)} is not a snapshot of tasks.`);
}

function isSnapshot(value: object): value is Snapshot {
  const { tasks, completed }: Partial<Record<keyof Snapshot, unknown>> = value;
  return isObject(tasks) && Object.values(tasks).every(isKnownTask) && Array.isArray(completed);
}

function isKnownTask(value: unknown): boolean {
  return isObject(value) && typeof value['projectId'] === 'string' && isObject(value['fields']);
}
