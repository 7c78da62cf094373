import type { GoogleApi } from './method.ts';

const DEFAULT_CONCURRENCY: Readonly<Partial<Record<GoogleApi, number>>> = { gmail: 10 };

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
