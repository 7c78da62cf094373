import { DeadlineTimer } from '../../timing/deadline-timer.ts';
import { delay, MAX_TIMER_MS } from '../../timing/delay.ts';
import { CallQueue, queuedCall, type QueuedCall } from '../call-queue.ts';
import type { KeyLimiter } from '../limiter-map.ts';
import type { CallTerms, WindowLimit } from '../rate-limiter.ts';
import { rateLimitError } from '../rate-limits.ts';
import { Throttle } from './throttle.ts';

/** Between a call and its slot the clock may move on. */
const CLOCK_STEP_MS = 1;
/** The deadline of a call that may not wait: the first wait ends it, not a time, since the process may be blocked. */
const NO_WAIT = Number.NEGATIVE_INFINITY;

/** The calls of one key; only the first of them asks p-throttle, so that the others can still leave. */
export class ThrottledKeyQueue implements KeyLimiter {
  readonly #queue = new CallQueue();
  readonly #throttles = new Map<string, Throttle>();
  readonly #deadline = new DeadlineTimer(() => this.#giveUpLate());
  /** Not after the deadline of any queued call. */
  #earliestDeadline = Number.POSITIVE_INFINITY;
  #pausedUntil = 0;
  /** Units that p-throttle was asked for, and when it grants them. */
  #asked = { units: 0, grantedAt: 0 };
  #forgottenAt = 0;
  #isPumping = false;
  /** Whether the first call waits for its slots or for the end of a pause, however late the process gets to it. */
  #isWaiting = false;

  run<T>(dispatch: () => Promise<T>, { limits, cost, maxWaitMs, signal }: CallTerms): Promise<T> {
    const now = performance.now();
    const deadline = now + maxWaitMs;
    if (maxWaitMs < Number.POSITIVE_INFINITY) {
      const startsAt = this.#startsAt(limits, this.#queue.units + cost, now);
      const couldStartAt = maxWaitMs === 0 ? startsAt : this.#startsAt(limits, cost, now);
      const isBehind = maxWaitMs === 0 && this.#isWaiting;
      if (isBehind || couldStartAt > deadline) throw rateLimitError(startsAt - now);
    }
    return queuedCall(
      { cost, limits, deadline: maxWaitMs === 0 ? NO_WAIT : deadline },
      dispatch,
      signal,
      (call) => this.#enqueue(call),
      (call) => this.#queue.remove(call),
    );
  }

  pause(forMs: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + forMs);
  }

  isIdle(): boolean {
    return !this.#isPumping && Math.max(this.#pausedUntil, this.#forgottenAt) <= performance.now();
  }

  #enqueue(call: QueuedCall): void {
    this.#queue.add(call);
    this.#earliestDeadline = Math.min(this.#earliestDeadline, call.deadline);
    if (call.deadline !== NO_WAIT) this.#deadline.by(call.deadline);
    if (!this.#isPumping) void this.#pump();
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    for (let call = this.#queue.first; call; call = this.#queue.first) {
      await this.#pauseIsOver();
      await this.#takeSlots(call);
      this.#isWaiting = false;
      this.#startFirst(call.cost);
    }
    this.#isPumping = false;
    this.#deadline.cancel();
  }

  async #pauseIsOver(): Promise<void> {
    for (let now = performance.now(); now < this.#pausedUntil; now = performance.now()) {
      this.#onWait();
      await delay(Math.min(Math.ceil(this.#pausedUntil - now), MAX_TIMER_MS));
    }
  }

  #onWait(): void {
    this.#isWaiting = true;
    this.#giveUpLate();
  }

  /** The shortest interval comes last, since the call starts when that one's slots are granted. */
  async #takeSlots({ limits, cost }: QueuedCall): Promise<void> {
    this.#asked = { units: cost, grantedAt: this.#grantedAt(limits, cost, performance.now()) };
    for (const rate of limits.toSorted((one, other) => other.intervalMs - one.intervalMs)) {
      const throttle = this.#throttleFor(rate);
      await Promise.all(Array.from({ length: cost }, () => throttle.take()));
      this.#forgottenAt = Math.max(this.#forgottenAt, performance.now() + throttle.spanMs);
    }
    this.#asked = { units: 0, grantedAt: 0 };
  }

  /** Slots of a call that left go to the next one; slots granted in a pause are lost. */
  #startFirst(units: number): void {
    // In a process that was blocked, a slot may be granted before the timer of a deadline rings.
    this.#giveUpLate(performance.now() - CLOCK_STEP_MS);
    const call = this.#queue.first;
    if (!call || call.cost > units || performance.now() < this.#pausedUntil) return;
    this.#queue.remove(call);
    call.start();
  }

  #giveUpLate(now = performance.now()): void {
    if (this.#earliestDeadline <= now) this.#failLate(now);
    // The timer may have rung early.
    if (Number.isFinite(this.#earliestDeadline)) this.#deadline.by(this.#earliestDeadline);
  }

  #failLate(now: number): void {
    let earliest = Number.POSITIVE_INFINITY;
    for (const call of this.#queue) {
      const isLate = call.deadline === NO_WAIT ? this.#isWaiting : call.deadline <= now;
      if (isLate) {
        this.#queue.remove(call);
        call.fail(rateLimitError(this.#startsAt(call.limits, this.#queue.units + call.cost, now) - now));
      } else earliest = Math.min(earliest, call.deadline);
    }
    this.#earliestDeadline = earliest;
  }

  /** When the last of so many units may start; what p-throttle was asked for goes to whoever is first then. */
  #startsAt(limits: readonly WindowLimit[], units: number, now: number): number {
    const more = Math.max(0, units - this.#asked.units);
    return Math.max(this.#pausedUntil, this.#asked.grantedAt, this.#grantedAt(limits, more, now));
  }

  #grantedAt(limits: readonly WindowLimit[], units: number, now: number): number {
    return now + Math.max(0, ...limits.map((rate) => this.#throttleFor(rate).waitMs(units)));
  }

  #throttleFor(rate: WindowLimit): Throttle {
    const name = `${rate.limit}/${rate.intervalMs}`;
    const throttle = this.#throttles.get(name) ?? new Throttle(rate, () => this.#onWait());
    this.#throttles.set(name, throttle);
    return throttle;
  }
}
