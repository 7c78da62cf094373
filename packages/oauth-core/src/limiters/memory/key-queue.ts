import type { RateLimitError } from '../../errors/index.ts';
import { DeadlineTimer } from '../../timing/deadline-timer.ts';
import { CallQueue, queuedCall, type QueuedCall } from '../call-queue.ts';
import type { KeyLimiter } from '../limiter-map.ts';
import type { CallTerms, WindowLimit } from '../rate-limiter.ts';
import { rateLimitError } from '../rate-limits.ts';
import { SlidingWindow } from '../sliding-window.ts';

/** The calls of one key. */
export class KeyQueue implements KeyLimiter {
  readonly #window = new SlidingWindow();
  readonly #queue = new CallQueue();
  readonly #timer = new DeadlineTimer(() => this.#drain());
  /** Not after the deadline of any queued call. */
  #earliestDeadline = Number.POSITIVE_INFINITY;
  #isDraining = false;

  run<T>(dispatch: () => Promise<T>, { limits, cost, maxWaitMs, signal }: CallTerms): Promise<T> {
    const now = performance.now();
    const freeAt = this.#window.freeAt(limits, cost, now);
    if (freeAt <= now && !this.#queue.first) return this.#dispatch(dispatch, cost);
    if (maxWaitMs === 0 || freeAt > now + maxWaitMs) throw this.#rateLimitError(limits, cost, now);

    const call = { cost, limits, deadline: now + maxWaitMs };
    return queuedCall(
      call,
      () => this.#dispatch(dispatch, cost),
      signal,
      (queued) => this.#enqueue(queued, freeAt),
      (queued) => this.#dequeue(queued),
    );
  }

  pause(forMs: number): void {
    this.#window.pauseUntil(performance.now() + forMs);
    this.#drain();
  }

  isIdle(): boolean {
    return !this.#queue.first && this.#window.isIdle(performance.now());
  }

  async #dispatch<T>(dispatch: () => Promise<T>, cost: number): Promise<T> {
    const taken = this.#window.take(cost, performance.now());
    try {
      return await dispatch();
    } finally {
      this.#window.end(taken, performance.now());
      // Its permit may be free sooner than assumed while the response was awaited.
      if (this.#queue.first && !this.#isDraining) this.#sleep();
    }
  }

  #enqueue(call: QueuedCall, freeAt: number): void {
    this.#queue.add(call);
    this.#earliestDeadline = Math.min(this.#earliestDeadline, call.deadline);
    this.#timer.by(call === this.#queue.first ? Math.min(freeAt, call.deadline) : call.deadline);
  }

  #dequeue(call: QueuedCall): void {
    const wasFirst = call === this.#queue.first;
    this.#queue.remove(call);
    // Without it the others can only go sooner: none is late for that, unless one that goes takes what another counted on.
    if (wasFirst) this.#drain(false);
  }

  #drain(mayBeLate = true): void {
    // A dispatch that aborts or pauses calls of its own key comes back here; the loop below sees what it did.
    if (this.#isDraining) return;
    this.#isDraining = true;
    if (this.#startFree() || mayBeLate) while (this.#giveUpLate()) this.#startFree();
    this.#isDraining = false;
    this.#sleep();
  }

  /** Says whether any call was free to start. */
  #startFree(): boolean {
    let started = false;
    for (let call = this.#queue.first; call; call = this.#queue.first) {
      const now = performance.now();
      if (now > call.deadline || this.#window.freeAt(call.limits, call.cost, now) > now) break;
      this.#queue.remove(call);
      call.start();
      started = true;
    }
    return started;
  }

  /** Rejects the calls that would be late even if all before them gave up; says whether there were any. */
  #giveUpLate(): boolean {
    if (this.#earliestDeadline === Number.POSITIVE_INFINITY) return false;
    const now = performance.now();
    const late: QueuedCall[] = [];
    this.#earliestDeadline = Number.POSITIVE_INFINITY;
    for (const call of this.#queue) {
      const freeAt = this.#window.freeAt(call.limits, call.cost, now);
      if (now >= call.deadline || freeAt > call.deadline) late.push(call);
      else this.#earliestDeadline = Math.min(this.#earliestDeadline, call.deadline);
    }
    for (const call of late) this.#queue.remove(call);
    for (const call of late) call.fail(this.#rateLimitError(call.limits, call.cost, now));
    return late.length > 0;
  }

  #sleep(): void {
    const { first } = this.#queue;
    this.#timer.cancel();
    if (!first) return;
    const freeAt = this.#window.freeAt(first.limits, first.cost, performance.now());
    this.#timer.by(Math.min(freeAt, this.#earliestDeadline));
  }

  #rateLimitError(limits: readonly WindowLimit[], cost: number, now: number): RateLimitError {
    const freeAt = this.#window.freeAt(limits, this.#queue.units + cost, now);
    return rateLimitError(freeAt - now);
  }
}
