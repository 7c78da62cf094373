import { StoreError } from '../../errors/index.ts';
import { DeadlineTimer } from '../../timing/deadline-timer.ts';
import { CallQueue, queuedCall, type QueuedCall } from '../call-queue.ts';
import type { KeyLimiter } from '../limiter-map.ts';
import type { CallTerms, WindowLimit } from '../rate-limiter.ts';
import { rateLimitError, spanOf } from '../rate-limits.ts';
import { batchRequestOf } from './batch-request.ts';
import type { FallbackLimiter } from './fallback-limiter.ts';
import type { Permit } from './grant.ts';
import type { Granted, SharedLog } from './shared-log.ts';

/** The deadline of a call that goes with the next answer or not at all. */
const AT_ONCE = 0;

/** The calls of one key in this process. Those at the head of the queue request Redis together, one request after another. */
export class RedisKeyQueue implements KeyLimiter {
  readonly #log: SharedLog;
  readonly #local: FallbackLimiter | undefined;
  readonly #queue = new CallQueue();
  readonly #alarm = new DeadlineTimer(() => this.#wakeUp());
  readonly #nextDeadline = new DeadlineTimer(() => this.#giveUpElapsed());
  /** What pays for the calls that are being started. */
  #permit: Permit = { dispatch: (dispatch) => dispatch() };
  #isRequesting = false;
  /** When a queue that sleeps asks again; 0 for one that does not sleep. */
  #nextRequestAt = 0;
  /** When the first call of a queue that sleeps may go at the latest. */
  #freeAt = 0;
  #pausedUntil = 0;

  constructor(log: SharedLog, local: FallbackLimiter | undefined) {
    this.#log = log;
    this.#local = local;
  }

  run<T>(dispatch: () => Promise<T>, { limits, cost, maxWaitMs, signal }: CallTerms): Promise<T> {
    const now = performance.now();
    const deadline = maxWaitMs === 0 ? AT_ONCE : now + maxWaitMs;
    if (Math.max(this.#nextRequestAt, this.#pausedUntil) > Math.max(now, deadline))
      throw rateLimitError(this.#waitMs(limits, cost));
    return queuedCall(
      { cost, limits, deadline },
      () => this.#permit.dispatch(dispatch, cost),
      signal,
      (call) => this.#enqueue(call),
      (call) => this.#dequeue(call),
    );
  }

  async pause(forMs: number): Promise<void> {
    this.#pausedUntil = Math.max(this.#pausedUntil, performance.now() + forMs);
    if (this.#nextRequestAt > 0) this.#sleepUntil(Math.max(this.#nextRequestAt, this.#pausedUntil));
    await this.#log.pauseUntil(this.#pausedUntil);
  }

  isIdle(): boolean {
    const now = performance.now();
    if (this.#queue.first || this.#isRequesting || this.#pausedUntil > now) return false;
    return this.#log.isIdle(now) && (this.#local?.isIdle(now) ?? true);
  }

  #enqueue(call: QueuedCall): void {
    this.#queue.add(call);
    if (call.deadline !== AT_ONCE) this.#nextDeadline.by(call.deadline);
    if (this.#nextRequestAt === 0) void this.#request();
  }

  #dequeue(call: QueuedCall): void {
    const wasFirst = call === this.#queue.first;
    this.#queue.remove(call);
    // The next call may cost less, and the queue may be empty.
    if (wasFirst && this.#nextRequestAt > 0) this.#wakeUp(true);
  }

  async #request(): Promise<void> {
    if (this.#isRequesting) return;
    this.#isRequesting = true;
    // Calls of the same turn go with the first.
    await Promise.resolve();
    while (this.#queue.first && this.#nextRequestAt === 0) await this.#requestOnce(this.#queue.first);
    this.#isRequesting = false;
    if (this.#queue.first) return;
    this.#nextDeadline.cancel();
    this.#log.leave();
  }

  async #requestOnce({ limits }: QueuedCall): Promise<void> {
    try {
      const granted = await this.#log.request(batchRequestOf(this.#queue, limits));
      this.#spend(granted, limits);
    } catch (error) {
      this.#goWithoutRedis(error);
    }
  }

  #spend({ grant, usableUntil, freeAt, nextRequestAt }: Granted, limits: readonly WindowLimit[]): void {
    for (let call = this.#queue.first; call; call = this.#queue.first) {
      const now = performance.now();
      if (call.cost > grant.unused || call.limits !== limits) break;
      if (now > usableUntil || now < this.#pausedUntil) break;
      this.#start(call, grant);
    }
    this.#log.giveBackUnused(grant);
    if (this.#pausedUntil > performance.now()) this.#sleepUntil(this.#pausedUntil, this.#pausedUntil);
    else if (nextRequestAt > 0 && grant.unused === 0) this.#sleepUntil(nextRequestAt, freeAt);
  }

  #goWithoutRedis(error: unknown): void {
    // A client whose answers can't be read is not away.
    const local = error instanceof StoreError && error.retryable ? this.#local : undefined;
    for (let call = this.#queue.first; call; call = this.#queue.first) {
      const now = performance.now();
      const freeAt = local?.freeAt(call.limits, call.cost, now) ?? Number.POSITIVE_INFINITY;
      if (local === undefined || freeAt === Number.POSITIVE_INFINITY) {
        this.#queue.remove(call);
        call.fail(error);
      } else {
        const startsAt = Math.max(freeAt, this.#pausedUntil);
        if (startsAt > now) return this.#sleepUntil(startsAt, startsAt);
        this.#start(call, local);
      }
    }
  }

  #start(call: QueuedCall, permit: Permit): void {
    this.#queue.remove(call);
    this.#permit = permit;
    call.start();
  }

  /** Rejects the calls that can't wait so long. If the first is one of them, the next one asks for itself. */
  #sleepUntil(nextRequestAt: number, freeAt: number = nextRequestAt): void {
    const { first } = this.#queue;
    this.#freeAt = Math.max(nextRequestAt, freeAt);
    this.#nextRequestAt = nextRequestAt;
    this.#giveUp(({ deadline }) => deadline < nextRequestAt);
    if (this.#queue.first === first) this.#alarm.by(nextRequestAt);
    else this.#wakeUp(true);
  }

  #wakeUp(now: boolean = performance.now() >= this.#nextRequestAt): void {
    if (!now) return this.#alarm.by(this.#nextRequestAt);
    this.#alarm.cancel();
    this.#nextRequestAt = 0;
    void this.#request();
  }

  #giveUpElapsed(): void {
    const now = performance.now();
    const { first } = this.#queue;
    this.#giveUp(({ deadline }) => deadline !== AT_ONCE && deadline <= now);
    for (const { deadline } of this.#queue) if (deadline !== AT_ONCE) this.#nextDeadline.by(deadline);
    if (this.#queue.first !== first && this.#nextRequestAt > 0) this.#wakeUp(true);
  }

  #giveUp(isLate: (call: QueuedCall) => boolean): void {
    const late = [...this.#queue].filter(isLate);
    for (const call of late) this.#queue.remove(call);
    for (const call of late) call.fail(rateLimitError(this.#waitMs(call.limits, call.cost)));
  }

  /** Until a call might go that is queued now. */
  #waitMs(limits: readonly WindowLimit[], cost: number): number {
    const now = performance.now();
    const queued = this.#queue.units + cost;
    const rounds = limits.map((rate) => (Math.ceil(queued / rate.limit) - 1) * spanOf(rate));
    return Math.max(now, this.#freeAt, this.#pausedUntil) - now + Math.max(0, ...rounds);
  }
}
