import { type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { parseJsonObject, sha256 } from '@context-sdk/oauth-core/client-kit';
import { soundStore } from '@context-sdk/oauth-core/store-kit';
import type { Task } from '../tasks/task.ts';
import { hashOf } from './snapshot.ts';

/** A damaged snapshot of an account without changes is found within this time. */
const TRUSTED_MS = 3_600_000;

interface Stored {
  /** Names the answer. Absent while the snapshot is being replaced. */
  answer?: string;
  /** Epoch milliseconds at which the answer was last compared with the snapshot. */
  comparedAt: number;
}

/** Names a list of tasks, whatever its order: TickTick's etags tell what changed, and only where there is none, all is hashed. */
export async function nameOfAnswer(tasks: readonly Task[], rest: unknown): Promise<string> {
  const lines = tasks.map((task) => `${task.id} ${task.projectId} ${task.etag || hashOf(task)}`);
  return await sha256(JSON.stringify([lines.toSorted(), rest]));
}

/**
 * The last answer after which nothing was left to do: the same answer again needs no snapshot. A record of its own beside the
 * snapshot, whose versions are a chain, so that a consumer who has lost its lease can't vouch for what another has written.
 */
export class SeenAnswer {
  readonly #store: RecordStore;
  readonly #key: string;
  #version: string | undefined;
  #stored: Stored | undefined;

  constructor(store: RecordStore, key: string) {
    this.#store = soundStore(store);
    this.#key = `${key}/seen`;
  }

  async read(): Promise<void> {
    const record = await this.#store.get(this.#key).catch(async (error: unknown) => {
      if (!(error instanceof StoreError) || error.retryable) throw error;
      // It saves work and has nothing to lose.
      await this.#store.delete(this.#key);
      return undefined;
    });
    this.#version = record?.version;
    this.#stored = record && readStored(record.value);
  }

  /** Whether the answer is the one that was seen, and has been compared lately. */
  isSame(answer: string): boolean {
    const { answer: seen, comparedAt = 0 } = this.#stored ?? {};
    const ageMs = Date.now() - comparedAt;
    return seen === answer && ageMs >= 0 && ageMs < TRUSTED_MS;
  }

  /** Has to come before the snapshot is replaced. A write also where nothing was seen: whoever stands still can't vouch any more. */
  async forget(): Promise<void> {
    await this.#write({ comparedAt: Date.now() });
  }

  /** Once the snapshot is what this answer says. */
  async remember(answer: string): Promise<void> {
    if (!this.isSame(answer)) await this.#write({ answer, comparedAt: Date.now() });
  }

  async #write(stored: Stored): Promise<void> {
    const version = await this.#store.compareAndSet(this.#key, this.#version, JSON.stringify(stored));
    if (version === undefined)
      throw new StoreError('lease-lost', 'Another consumer of this change feed has continued from here.');
    this.#version = version;
    this.#stored = stored;
  }
}

function readStored(text: string): Stored | undefined {
  const { answer, comparedAt }: Partial<Record<keyof Stored, unknown>> = parseJsonObject(text) ?? {};
  if (typeof comparedAt !== 'number') return undefined;
  return { comparedAt, ...(typeof answer === 'string' && { answer }) };
}
