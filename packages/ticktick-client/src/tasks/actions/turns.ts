import type { RecordStore } from '@context-sdk/oauth-core';
import { type Lease, withRenewedLease } from '@context-sdk/oauth-core/store-kit';

/** Others wait so long for a process that died. Renewed by one that lives. */
const LEASE_TTL_MS = 30_000;
/** Some requests, which the limiter may hold back for a minute each. One that takes longer is considered dead. */
const MAX_MS = 900_000;

/** Lets one piece of work at a time run for each key in this process, and with a store, in all that share it. */
export class Turns {
  readonly #last = new Map<string, Promise<unknown>>();

  async take<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const turn = (async () => {
      await before?.catch(() => undefined);
      return await work();
    })();
    this.#last.set(key, turn);
    try {
      return await turn;
    } finally {
      if (this.#last.get(key) === turn) this.#last.delete(key);
    }
  }

  async takeShared<T>(
    store: RecordStore,
    key: string,
    signal: AbortSignal | undefined,
    work: (lease: Lease<null>) => Promise<T>,
  ): Promise<T> {
    const options = { ttlMs: LEASE_TTL_MS, maxMs: MAX_MS, signal };
    return await this.take(key, () => withRenewedLease<null, T>(store, key, options, work));
  }
}
