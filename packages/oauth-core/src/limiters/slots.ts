import { DeadlineTimer } from '../timing/deadline-timer.ts';
import { CallQueue, queuedCall } from './call-queue.ts';
import type { CallTerms } from './rate-limiter.ts';
import { rateLimitError } from './rate-limits.ts';

/** Slots that processes share. */
export interface SharedSlots {
  /** Waits for one of so many slots, and returns what frees it. Rejects with the signal's reason, or once `deadline` is over. */
  take(
    key: string,
    concurrency: number,
    options: { deadline: number; signal: AbortSignal | undefined },
  ): Promise<() => void>;
}

/** Runs a call with the terms that are left after it waited for its slot. */
type Run<T> = (terms: CallTerms) => Promise<T>;

/** The calls of one key that run at once in this process; the others wait, first come, first served. */
export class Slots {
  readonly #key: string;
  readonly #shared: SharedSlots | undefined;
  readonly #queue = new CallQueue();
  readonly #timer = new DeadlineTimer(() => this.#drain());
  readonly #runs = new Set<object>();
  #running = 0;
  #concurrency = 1;
  /** How many may run at once: after a pause one, and one more with each that ends. */
  #open = Number.POSITIVE_INFINITY;
  #pausedUntil = 0;

  constructor(key: string, shared: SharedSlots | undefined) {
    this.#key = key;
    this.#shared = shared;
  }

  run<T>(concurrency: number, terms: CallTerms, run: Run<T>): Promise<T> {
    this.#concurrency = concurrency;
    const now = performance.now();
    const deadline = now + terms.maxWaitMs;
    const start = (): Promise<T> => this.#run(terms, deadline, run);
    if (!this.#queue.first && this.#isFree(now)) return start();
    if (terms.maxWaitMs === 0 || this.#pausedUntil > deadline) throw this.#tooLate(now);
    return queuedCall(
      { cost: terms.cost, limits: terms.limits, deadline },
      start,
      terms.signal,
      (call) => {
        this.#queue.add(call);
        this.#sleep();
      },
      (call) => this.#queue.remove(call),
    );
  }

  pause(forMs: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + forMs);
    this.#open = 1;
    // Those that run already say nothing about how many may run after the pause.
    this.#runs.clear();
    this.#sleep();
  }

  isIdle(): boolean {
    return !this.#queue.first && this.#running === 0 && this.#pausedUntil <= performance.now();
  }

  #isFree(now: number): boolean {
    return this.#pausedUntil <= now && this.#running < Math.min(this.#concurrency, this.#open);
  }

  async #run<T>(terms: CallTerms, deadline: number, run: Run<T>): Promise<T> {
    const me = {};
    this.#running += 1;
    this.#runs.add(me);
    let free: (() => void) | undefined;
    try {
      free = await this.#shared?.take(this.#key, this.#concurrency, { deadline, signal: terms.signal });
      terms.signal?.throwIfAborted();
      const maxWaitMs = Math.max(0, deadline - performance.now());
      return await run(terms.maxWaitMs === 0 ? terms : { ...terms, maxWaitMs });
    } finally {
      free?.();
      this.#running -= 1;
      if (this.#runs.delete(me)) this.#open += 1;
      this.#drain();
    }
  }

  #drain(): void {
    const now = performance.now();
    for (const call of this.#queue) {
      if (now < call.deadline) continue;
      this.#queue.remove(call);
      call.fail(this.#tooLate(now));
    }
    for (let call = this.#queue.first; call && this.#isFree(now); call = this.#queue.first) {
      this.#queue.remove(call);
      call.start();
    }
    this.#sleep();
  }

  #sleep(): void {
    this.#timer.cancel();
    if (!this.#queue.first) return;
    if (this.#pausedUntil > performance.now()) this.#timer.by(this.#pausedUntil);
    for (const { deadline } of this.#queue) if (Number.isFinite(deadline)) this.#timer.by(deadline);
  }

  #tooLate(now: number): Error {
    return rateLimitError(this.#pausedUntil - now);
  }
}
