import type { Random } from '../../../random.ts';

export type HistoryType = 'messageAdded' | 'messageDeleted' | 'labelAdded' | 'labelRemoved';

/** One change of one message. */
export interface HistoryChange {
  readonly type: HistoryType;
  readonly message: { readonly id: string; readonly threadId: string };
  /** The message's labels after the change; before it, where it is a deletion. */
  readonly labelIds: readonly string[];
  /** The labels that came or went; empty unless the type says so. */
  readonly changedLabelIds: readonly string[];
}

export interface HistoryRecord extends HistoryChange {
  readonly id: number;
}

/** What happened to a mailbox. Ids grow, with gaps. */
export class History {
  readonly records: HistoryRecord[] = [];
  readonly #random: Random;
  #current: number;
  #oldest: number;

  constructor(random: Random) {
    this.#random = random;
    this.#current = 1_000_000 + random.integer(1_000_000);
    this.#oldest = this.#current;
  }

  /** The mailbox's present state. */
  get current(): number {
    return this.#current;
  }

  add(change: HistoryChange): HistoryRecord {
    this.#current += 1 + this.#random.integer(40);
    const record = { id: this.#current, ...change };
    this.records.push(record);
    return record;
  }

  /** Ids from before now are not known any more. */
  expire(): void {
    this.#oldest = this.#current;
  }

  /** What came after that state; undefined if it is too old, or no state that the mailbox was ever in. */
  since(id: number): readonly HistoryRecord[] | undefined {
    if (id < this.#oldest || id > this.#current) return undefined;
    return this.records.filter((record) => record.id > id);
  }
}
