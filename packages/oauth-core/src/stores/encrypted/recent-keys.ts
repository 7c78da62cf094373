import type { AesKey } from './derive-key.ts';

interface Entry {
  key: Promise<AesKey>;
  /** On the monotonic clock. */
  endsAt: number;
}

/** Keys that were found lately, and failures for a moment: at most `max`, those that were used last. */
export class RecentKeys {
  readonly #entries = new Map<string, Entry>();
  readonly #limits: { cacheMs: number; failureMs: number; max: number };

  constructor(limits: { cacheMs: number; failureMs: number; max: number }) {
    this.#limits = limits;
  }

  /** Callers at once share one search, and its failure. */
  find(name: string, search: () => Promise<AesKey>): Promise<AesKey> {
    const known = this.#entries.get(name);
    this.#entries.delete(name);
    const now = performance.now();
    const entry = known !== undefined && now < known.endsAt ? known : this.#begin(search, now);
    this.#entries.set(name, entry);
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > this.#limits.max && oldest !== undefined) this.#entries.delete(oldest);
    return entry.key;
  }

  #begin(search: () => Promise<AesKey>, now: number): Entry {
    const { cacheMs, failureMs } = this.#limits;
    const entry: Entry = { key: search(), endsAt: now + cacheMs };
    entry.key.catch(() => (entry.endsAt = performance.now() + failureMs));
    return entry;
  }
}
