import type { RecordStore } from '@context-sdk/oauth-core';
import { overwriteJson, readJsonIfReadable } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import type { EventPlace, OnTaskChange } from './time-block.ts';

/** What the host asked for when it blocked time for a task, so that the block can follow its task later. */
export interface BlockWish {
  minutes: number;
  /** Epoch milliseconds. */
  from: number;
  to: number;
  /** The other options of the call, as JSON. */
  options: object;
  /** What a change of the task means for its blocks. */
  onTaskChange?: OnTaskChange;
}

/** What is stored of a task's blocks. The first one's place is at the top, as it was when a task had only one. */
interface StoredBlocks extends Partial<EventPlace> {
  /** The user who blocked the time. */
  userId?: string;
  /** The other pieces. */
  more?: EventPlace[];
  /** A calendar in which a call was about to create a block. If it is still here, that call crashed. */
  mayBeIn?: string;
  wish?: BlockWish;
}

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

/** Where the blocks of tasks are, in one Google account. */
export class BlockRecords {
  readonly #store: RecordStore;
  readonly #userId: string;

  constructor({ store, userId }: { store: RecordStore; userId: string }) {
    this.#store = store;
    this.#userId = userId;
  }

  /** A record that can't be read counts as missing: blocks are found by their task. */
  async read(owner: string, taskId: string): Promise<KnownBlocks> {
    const stored = await readJsonIfReadable<StoredBlocks>(this.#store, keys.block(owner, taskId));
    if (stored === undefined) return NOTHING;
    const { mayBeIn, wish } = stored;
    const more: readonly unknown[] = Array.isArray(stored.more) ? stored.more : [];
    return {
      places: [stored, ...more].filter(isPlace).map(({ calendarId, eventId }) => ({ calendarId, eventId })),
      isUnsettled: mayBeIn !== undefined,
      ...(typeof mayBeIn === 'string' && { mayBeIn }),
      ...(typeof wish?.minutes === 'number' && { wish }),
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

  #stored([first, ...more]: readonly EventPlace[], wish: BlockWish | undefined): StoredBlocks {
    return { ...first, userId: this.#userId, ...(more.length > 0 && { more }), ...(wish && { wish }) };
  }

  async #write(owner: string, taskId: string, stored: StoredBlocks): Promise<void> {
    await overwriteJson(this.#store, keys.block(owner, taskId), stored);
  }
}

function isPlace(value: unknown): value is EventPlace {
  const { calendarId, eventId } = (value ?? {}) as Partial<EventPlace>;
  return typeof calendarId === 'string' && typeof eventId === 'string';
}
