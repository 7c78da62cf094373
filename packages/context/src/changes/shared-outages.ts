import type { RecordStore } from '@context-sdk/oauth-core';
import { isUnreadable, readWhole, updateJson } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { beginPause, tryToPause } from '../records/pauses.ts';
import { isCount, shapeOf } from '../records/shape.ts';

/** How long failures are remembered that nothing follows. */
const KEPT_MS = 10 * 60_000;

interface Outage {
  /** Failures in a row. */
  failures: number;
}

const OUTAGE = shapeOf({ failures: isCount });

/** Whether a record counts the failures of a service. */
export function isOutage(value: unknown): value is Outage {
  return OUTAGE(value);
}

/**
 * What processes know of services that don't answer, for those that begin later: one that lives for a single pass or step would have to find
 * out anew. None of this rejects: if the store fails, each process knows what it has seen.
 */
export class SharedOutages {
  readonly #store: RecordStore;

  constructor(store: RecordStore) {
    this.#store = store;
  }

  /** Failures in a row, as far as they are known. */
  async failures(service: string): Promise<number> {
    const outage = await readWhole(this.#store, keys.outage(service), isOutage).catch(() => undefined);
    return outage?.failures ?? 0;
  }

  /** Adds a failure, and returns how many there are: `own` at least. */
  async count(service: string, own: number): Promise<number> {
    const key = keys.outage(service);
    let failures = own;
    const count = (outage: Outage | undefined): Outage => {
      failures = Math.max(own, isOutage(outage) ? outage.failures + 1 : 0);
      return { failures };
    };
    try {
      await updateJson(this.#store, key, count, { ttlMs: KEPT_MS });
    } catch (error) {
      if (isUnreadable(error)) await this.#delete(key);
    }
    return failures;
  }

  /** Has no process try for a while, by the store's clock. */
  async pause(service: string, ms: number): Promise<void> {
    await beginPause(this.#store, keys.pausedOutage(service), ms).catch(() => undefined);
  }

  /** Whether this process may find out if the service is back: it is the only one for a while. */
  async mayTry(service: string, ms: number): Promise<boolean> {
    try {
      return await tryToPause(this.#store, keys.pausedOutage(service), ms);
    } catch {
      return true;
    }
  }

  /** Has the next process try. */
  async endPause(service: string): Promise<void> {
    await this.#delete(keys.pausedOutage(service));
  }

  /** The service answers. */
  async end(service: string): Promise<void> {
    await this.#delete(keys.outage(service));
    await this.endPause(service);
  }

  async #delete(key: string): Promise<void> {
    await this.#store.delete(key).catch(() => undefined);
  }
}
