import type { TokenRecord } from './token-record.ts';

/** How far clocks may differ before it matters. */
const TOLERANCE_MS = 60_000;

/** When a token was seen, on both clocks. */
interface Sighting {
  token: string;
  /** What has to be added to times of its record to have them on this machine's clock. */
  offsetMs: number;
  wallAt: number;
  monotonicAt: number;
}

/**
 * Puts the times of records that other machines wrote on this machine's clock, as far as that is certain: what was obtained
 * can't lie in the future, and a refresh that this process did not see before can't be older than its last look. Else a
 * machine whose clock is hours off would refresh what another has just refreshed, and so in turn.
 */
export class ClockSkew {
  #last: Sighting | undefined;

  /** The record that this process itself has written. */
  wrote({ tokenSet }: TokenRecord): void {
    this.#see(tokenSet.accessToken, 0);
  }

  /** The record as it was read, on this machine's clock. */
  inLocalTime(record: TokenRecord, report: (ms: number) => void): TokenRecord {
    const { accessToken } = record.tokenSet;
    const isKnown = this.#last?.token === accessToken;
    const offsetMs = isKnown ? (this.#last?.offsetMs ?? 0) : this.#offsetOf(record);
    if (!isKnown && offsetMs !== 0) report(-offsetMs);
    this.#see(accessToken, offsetMs);
    return offsetMs === 0 ? record : shifted(record, offsetMs);
  }

  #offsetOf({ tokenSet, refreshedAt }: TokenRecord): number {
    const aheadMs = tokenSet.obtainedAt - Date.now();
    if (aheadMs > TOLERANCE_MS) return -aheadMs;
    if (refreshedAt === undefined || this.#last === undefined) return 0;
    const { wallAt, monotonicAt } = this.#last;
    // A machine that slept has a monotonic clock that stood still.
    const sinceLookMs = Math.max(Date.now() - wallAt, performance.now() - monotonicAt);
    const behindMs = Date.now() - refreshedAt - sinceLookMs;
    return behindMs > TOLERANCE_MS ? behindMs : 0;
  }

  #see(token: string, offsetMs: number): void {
    this.#last = { token, offsetMs, wallAt: Date.now(), monotonicAt: performance.now() };
  }
}

function shifted(record: TokenRecord, ms: number): TokenRecord {
  const { tokenSet, refreshedAt } = record;
  const { obtainedAt, expiresAt } = tokenSet;
  return {
    ...record,
    ...(refreshedAt !== undefined && { refreshedAt: refreshedAt + ms }),
    tokenSet: {
      ...tokenSet,
      obtainedAt: obtainedAt + ms,
      ...(expiresAt !== undefined && { expiresAt: expiresAt + ms }),
    },
  };
}
