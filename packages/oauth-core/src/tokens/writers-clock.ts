import { CLOCK_TOLERANCE_MS } from '../hooks/clock-skew.ts';
import type { TokenRecord } from './token-record.ts';

/**
 * The record as it is stored: with the time of its writer, and, while machines disagree, the latest time that any of its
 * writers had.
 */
export function stamped(record: TokenRecord, before: TokenRecord | undefined): TokenRecord {
  const { savedAt: _, latestAt: __, ...rest } = record;
  const savedAt = Date.now();
  const latestAt = Math.max(before?.savedAt ?? 0, before?.latestAt ?? 0);
  return { ...rest, savedAt, ...(latestAt > savedAt + CLOCK_TOLERANCE_MS && { latestAt }) };
}

/**
 * Reads the times of one record, which are those of the machine that wrote it. If the clocks differ, only durations count: the
 * tokens live from when this process first saw them. A token that has ended by then is rejected once, and refreshed.
 */
export class WritersClock {
  #savedAt: number | undefined;
  #shiftMs = 0;
  #ownFailure: TokenRecord['failure'];

  /** Notes what this process has written. */
  wrote({ savedAt, failure }: TokenRecord): void {
    this.#savedAt = savedAt;
    this.#shiftMs = 0;
    this.#ownFailure = failure;
  }

  /** The record by this machine's clock. `onSkew` hears how far this machine is behind, once for each write. */
  local(record: TokenRecord, onSkew: (behindMs: number) => void): TokenRecord {
    const { savedAt, latestAt = Number.NEGATIVE_INFINITY } = record;
    if (savedAt === undefined) return record;
    if (savedAt !== this.#savedAt) {
      const behindMs = savedAt - Date.now();
      const isOther = Math.max(behindMs, latestAt - savedAt) > CLOCK_TOLERANCE_MS;
      this.#savedAt = savedAt;
      this.#shiftMs = isOther ? -behindMs : 0;
      if (isOther) onSkew(behindMs);
    }
    return this.#shiftMs === 0 ? record : this.#shifted(record);
  }

  /** After a failure, each machine waits by its own clock. */
  #shifted(record: TokenRecord): TokenRecord {
    const { expiresAt, obtainedAt } = record.tokenSet;
    const at = this.#ownFailure?.at;
    const { rejectedAt } = record;
    return {
      ...record,
      ...(rejectedAt !== undefined && { rejectedAt: rejectedAt + this.#shiftMs }),
      tokenSet: {
        ...record.tokenSet,
        obtainedAt: obtainedAt + this.#shiftMs,
        ...(expiresAt !== undefined && { expiresAt: expiresAt + this.#shiftMs }),
      },
      ...(record.failure && at !== undefined && { failure: { ...record.failure, at } }),
    };
  }
}
