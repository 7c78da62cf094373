import { type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { isObject, parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import { soundStore } from '@context-sdk/oauth-core/store-kit';
import type { Skipped } from '../skipped.ts';
import { type Task, TaskStatus } from '../tasks/task.ts';
import { unreadFields, withUnreadFields } from '../tasks/unread-fields.ts';
import { compacted, expanded } from './compact.ts';

/** A copy that nobody reads and no change renews ends after this. */
const LIFE_MS = 7 * 86_400_000;

/** The open tasks as they were listed. */
export interface OpenCopy {
  /** Epoch milliseconds before the listing. */
  at: number;
  /** Names the answer of the listing. */
  answer: string;
  tasks: Task[];
  /** What the listing left out, rows without their content. Absent in copies of earlier versions. */
  skipped?: Skipped[] | undefined;
}

/** A copy as it is stored. */
interface CopyRecord extends OpenCopy {
  /** What can't be read of tasks, which JSON doesn't keep, by their index. Absent in copies of earlier versions. */
  unread?: Record<string, string[]>;
}

/** A feed's copy of the open tasks: it is there once somebody has asked for it. */
export class StoredCopy {
  readonly #store: RecordStore;
  readonly #key: string;
  #version: string | undefined;
  #copy: OpenCopy | undefined;

  constructor(store: RecordStore, key: string) {
    this.#store = soundStore(store);
    this.#key = `${key}/open`;
  }

  /** Undefined if there is none, or none that can be read. */
  async read(): Promise<OpenCopy | undefined> {
    const record = await this.#store.get(this.#key).catch(async (error: unknown) => {
      if (!(error instanceof StoreError) || error.retryable) throw error;
      await this.#store.delete(this.#key);
      return undefined;
    });
    this.#version = record?.version;
    const copy = record && parseJsonObject((await expanded(record.value)) ?? '');
    this.#copy = isCopy(copy) ? marked(copy) : undefined;
    return this.#copy;
  }

  /** Replaces what was read, unless that is newer or has been replaced. */
  async write({ at, answer, tasks, skipped = [] }: OpenCopy): Promise<void> {
    if (this.#copy !== undefined && this.#copy.at > at) return;
    const open = tasks.filter(({ status = TaskStatus.open }) => status === TaskStatus.open);
    const unread = Object.fromEntries(
      [...open.entries()].flatMap(([index, task]) =>
        unreadFields(task).length > 0 ? [[index, [...unreadFields(task)]]] : [],
      ),
    );
    const copy: CopyRecord = { at, answer, tasks: open, skipped: skipped.map(withoutContent), unread };
    const text = await compacted(JSON.stringify(copy));
    await this.#store.compareAndSet(this.#key, this.#version, text, { ttlMs: LIFE_MS });
  }
}

/** Brings a copy up to date that somebody has asked for before. What fails costs the poll nothing. */
export async function renewCopy(store: RecordStore, key: string, copy: OpenCopy): Promise<void> {
  const stored = new StoredCopy(store, key);
  try {
    if ((await stored.read()) !== undefined) await stored.write(copy);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
}

function marked({ unread = {}, ...copy }: CopyRecord): OpenCopy {
  for (const [index, places] of Object.entries(unread)) {
    const task = copy.tasks[Number(index)];
    if (isObject(task) && Array.isArray(places)) withUnreadFields(task, places);
  }
  return copy;
}

function withoutContent(skipped: Skipped): Skipped {
  const { reason } = skipped;
  return reason === 'unreadable' ? { reason, row: undefined } : { reason, projectId: skipped.projectId };
}

function isCopy(value: unknown): value is CopyRecord {
  const {
    at,
    answer,
    tasks,
    skipped = [],
    unread = {},
  } = (value ?? {}) as Partial<Record<keyof CopyRecord, unknown>>;
  const isWhole = typeof at === 'number' && typeof answer === 'string' && Array.isArray(tasks);
  return isWhole && Array.isArray(skipped) && skipped.every(isObject) && isObject(unread);
}
