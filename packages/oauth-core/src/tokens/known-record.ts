import type { TokenRecord } from './token-record.ts';

/** The moment at which a read or a write of a record began. */
export interface Begun {
  readonly order: number;
  /** On the monotonic clock. */
  readonly at: number;
}

/** Whether the tokens of one record that is in use expire later than those of another. */
function lastsLonger(one: TokenRecord | undefined, other: TokenRecord | undefined): boolean {
  if (one === undefined || other === undefined || (one.ended ?? other.ended) !== undefined) return false;
  return (one.tokenSet.expiresAt ?? 0) > (other.tokenSet.expiresAt ?? 0);
}

/**
 * What this process knows of a record. Reads and writes may end in another order than they began in, so each says when
 * it began: what was read before a write ended never replaces what was written. If reads overlap, nothing tells which of
 * them is newer, so the tokens that expire later count.
 */
export class KnownRecord {
  /** What was last read or written. */
  record: TokenRecord | undefined;
  /** When that read or write began, on the monotonic clock. */
  readAt: number = Number.NEGATIVE_INFINITY;
  #order = 0;
  #lastWrite = 0;
  #writeEnded = 0;
  #lastRead = 0;
  #readEnded = 0;

  begin(): Begun {
    this.#order += 1;
    return { order: this.#order, at: performance.now() };
  }

  /** Notes what a read found, unless a later one is known. Returns what was written if that is newer, else what was read. */
  read(begun: Begun, record: TokenRecord | undefined): TokenRecord | undefined {
    if (begun.order < this.#writeEnded) return this.record;
    if (this.#isNewer(begun, record)) {
      this.#lastRead = begun.order;
      this.#readEnded = this.begin().order;
      this.#set(begun, record);
    }
    return record;
  }

  #isNewer({ order }: Begun, record: TokenRecord | undefined): boolean {
    if (order < this.#lastRead) return lastsLonger(record, this.record);
    return order > this.#readEnded || !lastsLonger(this.record, record);
  }

  /** Notes what was written. Writers take turns, so the one that began last wrote last. */
  wrote(begun: Begun, record: TokenRecord | undefined): void {
    if (begun.order < this.#lastWrite) return;
    this.#lastWrite = begun.order;
    this.#writeEnded = this.begin().order;
    this.#set(begun, record);
  }

  /** Whether the grant of this record is still the one in use, as far as this process knows. */
  hasGrantOf({ grantId }: TokenRecord): boolean {
    return this.record?.grantId === grantId && this.record.ended === undefined;
  }

  #set(begun: Begun, record: TokenRecord | undefined): void {
    this.record = record;
    this.readAt = begun.at;
  }
}
