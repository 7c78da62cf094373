import type { GoogleApi } from './method.ts';

const DEFAULT_CONCURRENCY: Readonly<Partial<Record<GoogleApi, number>>> = { gmail: 10 };

/**
 * Parts of one batch that are carried out; the others are refused as too many at once. 25 of 100 were measured:
 * https://github.com/amd/gaia/issues/2720
 */
const BATCH_CONCURRENCY: Readonly<Partial<Record<GoogleApi, number>>> = { gmail: 25 };

/** A request's place among those of its user that are not answered yet. */
export interface Place {
  readonly isOneTooMany: boolean;
  leave(): void;
}

/** The requests of each user that are not answered yet. */
export class Crowds {
  readonly #limits: Partial<Record<GoogleApi, number>>;
  readonly #sizes = new Map<string, number>();

  constructor(limits: Partial<Record<GoogleApi, number>> = {}) {
    this.#limits = { ...DEFAULT_CONCURRENCY, ...limits };
  }

  isBeyondBatch(api: GoogleApi, index: number): boolean {
    if ((this.#limits[api] ?? Number.POSITIVE_INFINITY) === Number.POSITIVE_INFINITY) return false;
    return index >= (BATCH_CONCURRENCY[api] ?? Number.POSITIVE_INFINITY);
  }

  enter(api: GoogleApi, account: string): Place {
    const key = `${api} ${account}`;
    const size = (this.#sizes.get(key) ?? 0) + 1;
    this.#sizes.set(key, size);
    return {
      isOneTooMany: size > (this.#limits[api] ?? Number.POSITIVE_INFINITY),
      leave: () => void this.#sizes.set(key, (this.#sizes.get(key) ?? 1) - 1),
    };
  }
}
