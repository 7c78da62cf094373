/** Seeded randomness (mulberry32): one seed and one label always give the same numbers, whatever else is drawn. */
export class Random {
  #state: number;

  constructor(seed: number, label: string) {
    let hash = 2166136261;
    for (const letter of `${seed}/${label}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 16777619);
    this.#state = hash >>> 0;
    this.next();
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** A whole number; both ends are possible. */
  int(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new Error('There is nothing to pick from.');
    return list[Math.floor(this.next() * list.length)] as T;
  }

  /** Mostly near `low`, now and then near `high`. */
  tail(low: number, high: number): number {
    return low * (high / low) ** (this.next() ** 2);
  }

  /** So many times, as often as drawn between the two. */
  times(low: number, high: number, work: () => void): void {
    for (let left = this.int(low, high); left > 0; left -= 1) work();
  }
}
