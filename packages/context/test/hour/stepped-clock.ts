import { performance } from 'node:perf_hooks';

interface Timer {
  at: number;
  readonly order: number;
  readonly everyMs: number | undefined;
  run: () => void;
  isCleared: boolean;
}

const realTurn = setImmediate;
/** Turns of the event loop, for work that waits for no timer. */
const TURNS = 4;
const THREADS = ['digest', 'sign', 'verify', 'importKey', 'encrypt', 'decrypt', 'deriveBits', 'deriveKey'];

/** All clocks and timers of a process. They stand still except in {@link SteppedClock.advanceTo}. */
export class SteppedClock {
  /** Work of other threads and processes that is under way, during which no time passes. */
  busy = 0;
  #now: number;
  #count = 0;
  readonly #startedAt: number;
  readonly #heap: Timer[] = [];

  constructor(now: number) {
    this.#now = now;
    this.#startedAt = now;
  }

  get now(): number {
    return this.#now;
  }

  install(): void {
    const now = (): number => Math.floor(this.#now);
    const RealDate = Date;
    globalThis.Date = class extends RealDate {
      constructor(...values: [] | [number | string | Date]) {
        super(values.length === 0 ? now() : values[0]);
      }

      static override now(): number {
        return now();
      }
    } as unknown as DateConstructor;
    performance.now = () => this.#now - this.#startedAt;
    const set =
      (isRepeated: boolean) =>
      (run: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): object =>
        this.#set(() => run(...args), ms, isRepeated);
    const clear = (timer: unknown): void => {
      if (typeof timer === 'object' && timer !== null && 'clear' in timer) (timer.clear as () => void)();
    };
    Object.assign(globalThis, {
      setTimeout: set(false),
      setInterval: set(true),
      clearTimeout: clear,
      clearInterval: clear,
    });
    AbortSignal.timeout = (ms) => {
      const controller = new AbortController();
      this.#set(() => controller.abort(new DOMException('The time is up.', 'TimeoutError')), ms, false);
      return controller.signal;
    };
    this.#watchThreads();
  }

  /** Lets time pass, timer by timer, and whatever each of them begins. */
  async advanceTo(target: number): Promise<void> {
    await this.quiet();
    for (let next = this.#heap[0]; next !== undefined && next.at <= target; next = this.#heap[0]) {
      this.#pop();
      if (next.isCleared) continue;
      this.#now = Math.max(this.#now, next.at);
      if (next.everyMs !== undefined) this.#push(Object.assign(next, { at: next.at + next.everyMs }));
      next.run();
      const after = this.#heap[0];
      if (after === undefined || after.at > this.#now) await this.quiet();
    }
    this.#now = target;
  }

  /** Resolves once everything waits for time to pass. */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) {
      await new Promise((resolve) => realTurn(resolve));
      if (this.busy > 0) turn = -1;
    }
  }

  /** Has time stand still until the work is done. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.busy += 1;
    try {
      return await work;
    } finally {
      this.busy -= 1;
    }
  }

  #set(run: () => void, ms: number, isRepeated: boolean): object {
    const everyMs = isRepeated ? Math.max(1, ms) : undefined;
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: 0, everyMs, run, isCleared: false };
    this.#push(timer);
    const handle = {
      // A cleared timer keeps nothing alive.
      clear: () => void Object.assign(timer, { isCleared: true, run: () => undefined }),
      ref: () => handle,
      unref: () => handle,
      hasRef: () => true,
    };
    return handle;
  }

  #watchThreads(): void {
    const { subtle } = globalThis.crypto;
    for (const name of THREADS) {
      const method: unknown = Reflect.get(subtle, name);
      if (typeof method !== 'function') continue;
      const value = (...args: unknown[]): Promise<unknown> =>
        this.during(Reflect.apply(method, subtle, args) as Promise<unknown>);
      Object.defineProperty(subtle, name, { value, configurable: true });
    }
    const watch = (work: Promise<unknown>): void => void this.during(work.catch(() => undefined));
    for (const name of ['CompressionStream', 'DecompressionStream'] as const) {
      const Original = globalThis[name];
      globalThis[name] = class {
        readonly readable: CompressionStream['readable'];
        readonly writable: CompressionStream['writable'];

        constructor(format: ConstructorParameters<typeof Original>[0]) {
          const { readable, writable } = new Original(format);
          const result = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>();
          this.readable = result.readable;
          this.writable = writable;
          watch(readable.pipeTo(result.writable));
        }
      };
    }
  }

  #push(timer: Timer): void {
    this.#count += 1;
    Object.assign(timer, { order: this.#count });
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!isBefore(heap[index], heap[parent])) return;
      swap(heap, index, parent);
      index = parent;
    }
  }

  #pop(): void {
    const heap = this.#heap;
    swap(heap, 0, heap.length - 1);
    heap.pop();
    for (let index = 0; ;) {
      const [left, right] = [2 * index + 1, 2 * index + 2];
      const least = isBefore(heap[right], heap[left]) ? right : left;
      if (!isBefore(heap[least], heap[index])) return;
      swap(heap, index, least);
      index = least;
    }
  }
}

function isBefore(one: Timer | undefined, other: Timer | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined;
  return one.at === other.at ? one.order < other.order : one.at < other.at;
}

function swap(heap: Timer[], one: number, other: number): void {
  const [first, second] = [heap[one], heap[other]];
  if (first === undefined || second === undefined) return;
  heap[one] = second;
  heap[other] = first;
}
