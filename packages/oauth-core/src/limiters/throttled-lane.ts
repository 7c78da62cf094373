import type { RateLimitError } from '../errors/index.ts';
import { delay } from '../stores/delay.ts';
import { CallQueue } from './call-queue.ts';
import { queuedCall } from './queued-call.ts';
import type { QueuedCall } from './queued-call.ts';
import type { RateLimit, RateLimiterRunOptions } from './rate-limiter.ts';
import { checkCall, checkLimits } from './rate-limits.ts';
import { throttleFor } from './throttle.ts';
import type { Throttle } from './throttle.ts';
import { tooLong } from './too-long.ts';
import { MAX_TIMER_MS, WakeUp } from './wake-up.ts';

/** The calls of one key; only the first of them asks p-throttle, so that the others can still leave. */
export class ThrottledLane {
  readonly #queue = new CallQueue<QueuedCall>();
  readonly #throttles = new Map<string, Throttle>();
  readonly #deadline = new WakeUp(() => this.#giveUpLate());
  #pausedUntil = 0;
  /** When p-throttle grants what it was asked for, at the latest. */
  #grantedBy = 0;
  #forgottenAt = 0;
  #isPumping = false;
  #isWaiting = false;

  run<T>(
    dispatch: () => Promise<T>,
    limits: readonly RateLimit[],
    options: RateLimiterRunOptions,
  ): Promise<T> {
    const { cost = 1, maxWaitMs = Infinity, signal } = options;
    signal?.throwIfAborted();
    checkLimits(limits);
    checkCall(limits, cost, maxWaitMs);
    const now = performance.now();
    if (maxWaitMs === 0 && this.#isWaiting) throw this.#tooLong(now);
    return queuedCall(
      { cost, limits, deadline: now + maxWaitMs },
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
    if (call.deadline > performance.now()) this.#deadline.by(call.deadline);
    if (!this.#isPumping) void this.#pump();
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    for (let call = this.#queue.first; call; call = this.#queue.first) {
      await this.#pauseIsOver();
      await this.#takeSlots(call);
      this.#startFirst(call.cost);
    }
    this.#isPumping = false;
    this.#deadline.cancel();
  }

  async #pauseIsOver(): Promise<void> {
    for (let now = performance.now(); now < this.#pausedUntil; now = performance.now()) {
      this.#beginWait();
      await delay(Math.min(Math.ceil(this.#pausedUntil - now), MAX_TIMER_MS));
    }
    this.#isWaiting = false;
  }

  /** The shortest interval comes last, since the call starts when that one's slots are granted. */
  async #takeSlots({ limits, cost }: QueuedCall): Promise<void> {
    for (const rate of limits.toSorted((one, other) => other.intervalMs - one.intervalMs)) {
      const throttle = this.#throttleFor(rate);
      this.#grantedBy = performance.now() + throttle.spanMs;
      const slots = Array.from({ length: cost }, () => throttle.slot(() => this.#beginWait()));
      await Promise.all(slots);
      this.#forgottenAt = Math.max(this.#forgottenAt, performance.now() + throttle.spanMs);
    }
    this.#isWaiting = false;
  }

  /** Slots of a call that left go to the next one; slots granted in a pause are lost. */
  #startFirst(units: number): void {
    const call = this.#queue.first;
    if (!call || call.cost > units || performance.now() < this.#pausedUntil) return;
    this.#queue.remove(call);
    call.start();
  }

  #beginWait(): void {
    this.#isWaiting = true;
    this.#giveUpLate();
  }

  #giveUpLate(): void {
    const now = performance.now();
    let earliest = Infinity;
    for (const call of this.#queue) {
      if (call.deadline > now) earliest = Math.min(earliest, call.deadline);
      else {
        this.#queue.remove(call);
        call.fail(this.#tooLong(now));
      }
    }
    if (earliest < Infinity) this.#deadline.by(earliest);
  }

  #throttleFor(rate: RateLimit): Throttle {
    const name = `${rate.limit}/${rate.intervalMs}`;
    const throttle = this.#throttles.get(name) ?? throttleFor(rate);
    this.#throttles.set(name, throttle);
    return throttle;
  }

  #tooLong(now: number): RateLimitError {
    return tooLong(Math.max(this.#pausedUntil, this.#grantedBy) - now);
  }
}
