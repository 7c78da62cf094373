import { EventQueue } from './event-queue.ts';

/** Virtual time, in milliseconds, and what happens in it. Nothing here waits for the real clock. */
export class World {
  readonly seed: number;
  now = 0;
  /** What happened, where that is wanted. */
  readonly trace: string[] | undefined;
  readonly #events = new EventQueue();
  #order = 0;
  #offThread: Promise<unknown> = Promise.resolve();
  #offThreadCount = 0;

  constructor(seed: number, { isTraced = false }: { isTraced?: boolean | undefined } = {}) {
    this.seed = seed;
    this.trace = isTraced ? [] : undefined;
  }

  log(who: string, text: string): void {
    this.trace?.push(`${this.now.toFixed(1).padStart(9)} ${who.padEnd(5)} ${text}`);
  }

  at(time: number, run: () => void): void {
    this.#order += 1;
    this.#events.add({ time: Math.max(time, this.now), order: this.#order, run });
  }

  after(ms: number, run: () => void): void {
    this.at(this.now + ms, run);
  }

  /** Runs events up to this time, or until all is done. Between two events all promises come to rest. */
  async run(until: number, isDone: () => boolean = () => false): Promise<void> {
    await this.#rest();
    for (let { first } = this.#events; first !== undefined; { first } = this.#events) {
      if (first.time > until || isDone()) break;
      this.#events.removeFirst();
      this.now = Math.max(this.now, first.time);
      first.run();
      await this.#rest();
    }
    if (!isDone()) this.now = Math.max(this.now, until);
  }

  /** Work on another thread, as WebCrypto's: takes no virtual time, and ends in the order in which it was begun. */
  offThread<T>(work: () => Promise<T>): Promise<T> {
    this.#offThreadCount += 1;
    const result = this.#offThread.then(work);
    this.#offThread = result
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => (this.#offThreadCount -= 1));
    return result;
  }

  async #rest(): Promise<void> {
    // A tick comes after all promises that can settle have settled; other threads need a turn of the event loop.
    await new Promise<void>((resolve) => process.nextTick(resolve));
    while (this.#offThreadCount > 0) await new Promise((resolve) => setImmediate(resolve));
  }
}
