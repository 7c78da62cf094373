const LOOKED_AT_PER_NEW_KEY = 2;

/**
 * What a limiter keeps per key. A key that is idle would start as it is, so it is dropped: each new key looks at
 * two of the others in turn, which keeps the map within twice the keys in use without any timer.
 */
export class Lanes<L extends { isIdle(): boolean }> {
  readonly #lanes = new Map<string, L>();
  readonly #open: (key: string) => L;
  #turn: Iterator<[string, L]> = this.#lanes.entries();

  constructor(open: (key: string) => L) {
    this.#open = open;
  }

  get size(): number {
    return this.#lanes.size;
  }

  of(key: string): L {
    const known = this.#lanes.get(key);
    if (known) return known;
    for (let look = 0; look < LOOKED_AT_PER_NEW_KEY; look++) this.#dropNextIfIdle();
    const lane = this.#open(key);
    this.#lanes.set(key, lane);
    return lane;
  }

  #dropNextIfIdle(): void {
    const next = this.#turn.next();
    if (next.done) this.#turn = this.#lanes.entries();
    else if (next.value[1].isIdle()) this.#lanes.delete(next.value[0]);
  }
}
