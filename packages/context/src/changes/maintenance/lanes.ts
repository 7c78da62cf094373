/** How long a piece of work may take before another one begins beside it. */
const SLOW_MS = 5_000;
/** The most that is under way in a lane, as a multiple of its places. */
const MAX_SLOW = 8;

/** What is under way and waits in one lane. */
interface Lane<T> {
  waiting: T[];
  /** Work that takes a place. */
  taken: number;
  underWay: number;
}

/** Does work in lanes: what is slow, hangs or fails in one keeps none of the others waiting. */
export class Lanes<T> {
  readonly #places: number;
  readonly #work: (item: T) => Promise<void>;
  readonly #lanes = new Map<string, Lane<T>>();
  /** Called when something is done. */
  readonly #watchers = new Set<() => void>();

  /** `work` must not reject. */
  constructor(places: number, work: (item: T) => Promise<void>) {
    this.#places = places;
    this.#work = work;
  }

  get isIdle(): boolean {
    return [...this.#lanes.values()].every(({ underWay, waiting }) => underWay === 0 && waiting.length === 0);
  }

  /** How many wait in the fullest lane. */
  get longestQueue(): number {
    return Math.max(0, ...[...this.#lanes.values()].map(({ waiting }) => waiting.length));
  }

  /** How many wait in a lane. */
  queueOf(name: string): number {
    return this.#lanes.get(name)?.waiting.length ?? 0;
  }

  add(name: string, item: T): void {
    const lane = this.#lanes.get(name) ?? { waiting: [], taken: 0, underWay: 0 };
    this.#lanes.set(name, lane);
    lane.waiting.push(item);
    this.#fill(lane);
  }

  /** Takes everything out that has not begun. */
  clear(): T[] {
    return [...this.#lanes.values()].flatMap(({ waiting }) => waiting.splice(0));
  }

  /** Resolves once the condition holds, or after `atMostMs` milliseconds. Default: no limit. */
  async waitUntil(condition: () => boolean, atMostMs?: number): Promise<void> {
    if (condition()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const look = (): void => {
      if (condition()) resolve();
    };
    const timer = atMostMs === undefined ? undefined : setTimeout(resolve, atMostMs);
    this.#watchers.add(look);
    await promise;
    this.#watchers.delete(look);
    clearTimeout(timer);
  }

  #fill(lane: Lane<T>): void {
    while (lane.taken < this.#places && lane.underWay < this.#places * MAX_SLOW) {
      const item = lane.waiting.shift();
      if (item === undefined) return;
      void this.#run(lane, item);
    }
  }

  async #run(lane: Lane<T>, item: T): Promise<void> {
    lane.underWay += 1;
    lane.taken += 1;
    let hasPlace = true;
    const givePlace = (): void => {
      if (!hasPlace) return;
      hasPlace = false;
      lane.taken -= 1;
      this.#fill(lane);
    };
    const timer = setTimeout(givePlace, SLOW_MS);
    try {
      await this.#work(item);
    } finally {
      clearTimeout(timer);
      lane.underWay -= 1;
      givePlace();
      for (const look of this.#watchers) look();
    }
  }
}
