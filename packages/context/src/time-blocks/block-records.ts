import type { RecordStore } from '@context-sdk/oauth-core';
import { isUnreadable, overwriteJson, readJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { type BlockWish, isStoredBlocks, type StoredBlocks } from './stored-blocks.ts';
import type { EventPlace } from './time-block.ts';

/** Where the blocks of a task were last seen. */
export interface KnownBlocks {
  places: readonly EventPlace[];
  /** Whether a call ended before it could say where it put a block. */
  isUnsettled: boolean;
  /** The calendar that this call was about to use. */
  mayBeIn?: string;
  wish?: BlockWish;
}

const NOTHING: KnownBlocks = { places: [], isUnsettled: false };
/** The record is damaged: only the calendars say whether there are blocks. */
const LOST: KnownBlocks = { places: [], isUnsettled: true };

/** Says whether an account, by its owner, is the user's now. */
export type IsConnected = (owner: string) => Promise<boolean>;

interface BlockRecordsParts {
  store: RecordStore;
  userId: string;
  isConnected?: IsConnected;
}

/** Where the blocks of tasks are, in one Google account. */
export class BlockRecords {
  readonly #store: RecordStore;
  readonly #userId: string;
  /** Whether an account is the user's now. */
  readonly isConnected: IsConnected;

  constructor({ store, userId, isConnected = async () => true }: BlockRecordsParts) {
    this.#store = store;
    this.#userId = userId;
    this.isConnected = isConnected;
  }

  /** If the record can't be read, blocks are searched for by their task. */
  async read(owner: string, taskId: string): Promise<KnownBlocks> {
    const stored = await this.#read(keys.block(owner, taskId));
    if (stored === undefined) return NOTHING;
    if (!isStoredBlocks(stored)) return LOST;
    const { calendarId, eventId, more = [], mayBeIn, wish } = stored;
    return {
      places: [
        ...(calendarId !== undefined && eventId !== undefined ? [{ calendarId, eventId }] : []),
        ...more.map((place) => ({ calendarId: place.calendarId, eventId: place.eventId })),
      ],
      isUnsettled: mayBeIn !== undefined,
      ...(mayBeIn !== undefined && { mayBeIn }),
      ...(wish && { wish }),
    };
  }

  /** Says that blocks are about to be created in a calendar. */
  async intend(owner: string, taskId: string, known: KnownBlocks, mayBeIn: string): Promise<void> {
    await this.#write(owner, taskId, { ...this.#stored(known.places, known.wish), mayBeIn });
  }

  async save(
    owner: string,
    taskId: string,
    places: readonly EventPlace[],
    wish: BlockWish | undefined,
  ): Promise<void> {
    if (places.length === 0) await this.delete(owner, taskId);
    else await this.#write(owner, taskId, this.#stored(places, wish));
  }

  async delete(owner: string, taskId: string): Promise<void> {
    await this.#store.delete(keys.block(owner, taskId));
  }

  async #read(key: string): Promise<object | undefined> {
    try {
      return await readJson(this.#store, key);
    } catch (error) {
      if (isUnreadable(error)) return {};
      throw error;
    }
  }

  #stored([first, ...more]: readonly EventPlace[], wish: BlockWish | undefined): StoredBlocks {
    return { ...first, userId: this.#userId, ...(more.length > 0 && { more }), ...(wish && { wish }) };
  }

  async #write(owner: string, taskId: string, stored: StoredBlocks): Promise<void> {
    await overwriteJson(this.#store, keys.block(owner, taskId), stored);
    // A user who has left the account meanwhile, or was forgotten, leaves nothing behind.
    if (!(await this.isConnected(owner))) await this.delete(owner, taskId);
  }
}
