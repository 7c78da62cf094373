import type { GoogleCalendarClient } from '@context-sdk/google-workspace';
import type { CallOptions, RecordStore } from '@context-sdk/oauth-core';
import { unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { overwriteJson, readJsonIfReadable } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { deleteBlock, findBlocks } from './block-event.ts';
import type { BlockRecord } from './time-block.ts';

/** What is stored of a task's block. */
interface StoredBlock extends Partial<BlockRecord> {
  /** A calendar in which a call was about to create the block. If it is still here, that call crashed. */
  mayBeIn?: string;
}

interface BlockRecordsParts {
  store: RecordStore;
  userId: string;
  client: GoogleCalendarClient;
}

/** Where the blocks of tasks are, in one Google account. */
export class BlockRecords {
  readonly #parts: BlockRecordsParts;

  constructor(parts: BlockRecordsParts) {
    this.#parts = parts;
  }

  /**
   * Where a task's block is. Finishes what a crash left half done: a block in a second calendar replaces that in the first. A
   * record that can't be read counts as missing: the block is found by its task.
   */
  async read(owner: string, taskId: string, call: CallOptions): Promise<BlockRecord | undefined> {
    const { store, client } = this.#parts;
    const key = keys.block(owner, taskId);
    const { mayBeIn, ...stored } = (await readJsonIfReadable<StoredBlock>(store, key)) ?? {};
    const known = isWhole(stored) ? stored : undefined;
    if (mayBeIn === undefined) return known;
    const [created] = (await unlessNotFound(findBlocks(client, taskId, call, mayBeIn))) ?? [];
    const isElsewhere = created !== undefined && known?.calendarId !== created.calendarId;
    if (known !== undefined && isElsewhere) await deleteBlock(client, known, call);
    const settled =
      created === undefined ? known : { ...created, ...(stored.userId && { userId: stored.userId }) };
    if (settled === undefined) await store.delete(key);
    else await overwriteJson(store, key, settled);
    return settled;
  }

  /** Says that a block is about to be created in a calendar. */
  async intend(
    owner: string,
    taskId: string,
    known: BlockRecord | undefined,
    mayBeIn: string,
  ): Promise<void> {
    const { store, userId } = this.#parts;
    const intent: StoredBlock = { userId, ...known, mayBeIn };
    await overwriteJson(store, keys.block(owner, taskId), intent);
  }

  async save(owner: string, taskId: string, place: Omit<BlockRecord, 'userId'>): Promise<void> {
    const { store, userId } = this.#parts;
    const record: BlockRecord = { ...place, userId };
    await overwriteJson(store, keys.block(owner, taskId), record);
  }

  async delete(owner: string, taskId: string): Promise<void> {
    await this.#parts.store.delete(keys.block(owner, taskId));
  }
}

function isWhole(stored: Partial<BlockRecord>): stored is BlockRecord {
  return typeof stored.calendarId === 'string' && typeof stored.eventId === 'string';
}
