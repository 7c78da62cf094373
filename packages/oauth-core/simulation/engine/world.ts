import { EventQueue } from './event-queue.ts';

/** Virtual time, in milliseconds, and what happens in it. Nothing here waits for the real clock. */
export class World {
  readonly seed: number;
  now = 0;
  /** What happened, where that is wanted. */
  readonly trace: string[] | undefined;
  readonly #events = new EventQueue();
  #order = 0;
  readonly #offThread: (() => void)[] = [];

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
  offThread<T>(work: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#offThread.push(() => {
        try {
          resolve(work());
        } catch (error) {
          reject(error);
        }
      });
    });
  }

  /** A tick comes after all promises that can settle have settled; then what other threads did arrives, one after the other. */
  async #rest(): Promise<void> {
    await tick();
    for (let work = this.#offThread.shift(); work !== undefined; work = this.#offThread.shift()) {
      work();
      await tick();
    }
  }
}

function tick(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
