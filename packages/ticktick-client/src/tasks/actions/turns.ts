import type { RecordStore } from '@context-sdk/oauth-core';
import { withLease } from '@context-sdk/oauth-core/store-kit';

const LEASE_TTL_MS = 30_000;

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
    work: () => Promise<T>,
  ): Promise<T> {
    return await this.take(key, () =>
      withLease<null, T>(store, key, { ttlMs: LEASE_TTL_MS, signal }, () => work()),
    );
  }
}
