import { CallQueue } from '../call-queue.ts';
import type { KeyedLane } from '../keyed-rate-limiter.ts';
import { queuedCall } from '../queued-call.ts';
import type { QueuedCall } from '../queued-call.ts';
import type { RateLimit, RateLimiterRunOptions } from '../rate-limiter.ts';
import { checkCall, checkLimits, spanOf } from '../rate-limits.ts';
import { tooLong } from '../too-long.ts';
import { WakeUp } from '../wake-up.ts';
import { demandOf } from './demand.ts';
import type { Permit } from './grant.ts';
import type { LocalShare } from './local-share.ts';
import type { Granted, SharedLog } from './shared-log.ts';

/** The deadline of a call that goes with the next answer or not at all. */
const AT_ONCE = 0;

/** The calls of one key in this process. Those at the head of the queue ask Redis together, one ask after another. */
export class RedisLane implements KeyedLane {
  readonly #log: SharedLog;
  readonly #local: LocalShare | undefined;
  readonly #queue = new CallQueue<QueuedCall>();
  readonly #alarm = new WakeUp(() => this.#wakeUp());
  readonly #nextDeadline = new WakeUp(() => this.#giveUpElapsed());
  /** What pays for the calls that are being started. */
  #permit: Permit = { dispatch: (dispatch) => dispatch() };
  #isAsking = false;
  /** When a queue that sleeps asks again; 0 for one that does not sleep. */
  #asksAt = 0;
  /** When the first call of a queue that sleeps may go at the latest. */
  #freeAt = 0;
  #pausedUntil = 0;

  constructor(log: SharedLog, local: LocalShare | undefined) {
    this.#log = log;
    this.#local = local;
  }

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
    const deadline = maxWaitMs === 0 ? AT_ONCE : now + maxWaitMs;
    if (Math.max(this.#asksAt, this.#pausedUntil) > Math.max(now, deadline))
      throw tooLong(this.#waitMs(limits, cost));
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
    if (this.#asksAt > 0) this.#sleepUntil(Math.max(this.#asksAt, this.#pausedUntil));
    await this.#log.pauseUntil(this.#pausedUntil);
  }

  isIdle(): boolean {
    const now = performance.now();
    if (this.#queue.first || this.#isAsking || this.#pausedUntil > now) return false;
    return this.#log.isIdle(now) && (this.#local?.isIdle(now) ?? true);
  }

  #enqueue(call: QueuedCall): void {
    this.#queue.add(call);
    if (call.deadline !== AT_ONCE) this.#nextDeadline.by(call.deadline);
    if (this.#asksAt === 0) void this.#ask();
  }

  #dequeue(call: QueuedCall): void {
    const wasFirst = call === this.#queue.first;
    this.#queue.remove(call);
    // The next one may cost less, and nobody may be left.
    if (wasFirst && this.#asksAt > 0) this.#wakeUp(true);
  }

  async #ask(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    // Calls of the same turn go with the first.
    await Promise.resolve();
    while (this.#queue.first && this.#asksAt === 0) await this.#askOnce(this.#queue.first);
    this.#isAsking = false;
    if (this.#queue.first) return;
    this.#nextDeadline.cancel();
    this.#log.leave();
  }

  async #askOnce({ limits }: QueuedCall): Promise<void> {
    try {
      const granted = await this.#log.ask(demandOf(this.#queue, limits));
      this.#spend(granted, limits);
    } catch (error) {
      this.#goWithoutRedis(error);
    }
  }

  #spend({ grant, usableUntil, freeAt, asksAt }: Granted, limits: readonly RateLimit[]): void {
    for (let call = this.#queue.first; call; call = this.#queue.first) {
      const now = performance.now();
      if (call.cost > grant.unused || call.limits !== limits) break;
      if (now > usableUntil || now < this.#pausedUntil) break;
      this.#start(call, grant);
    }
    this.#log.giveBackUnused(grant);
    if (this.#pausedUntil > performance.now()) this.#sleepUntil(this.#pausedUntil, this.#pausedUntil);
    else if (asksAt > 0 && grant.unused === 0) this.#sleepUntil(asksAt, freeAt);
  }

  #goWithoutRedis(error: unknown): void {
    for (let call = this.#queue.first; call; call = this.#queue.first) {
      const now = performance.now();
      const freeAt = this.#local?.freeAt(call.limits, call.cost, now) ?? Infinity;
      if (this.#local === undefined || freeAt === Infinity) {
        this.#queue.remove(call);
        call.fail(error);
      } else {
        const startsAt = Math.max(freeAt, this.#pausedUntil);
        if (startsAt > now) return this.#sleepUntil(startsAt, startsAt);
        this.#start(call, this.#local);
      }
    }
  }

  #start(call: QueuedCall, permit: Permit): void {
    this.#queue.remove(call);
    this.#permit = permit;
    call.start();
  }

  /** Rejects the calls that can't wait so long. If the first is one of them, the next one asks for itself. */
  #sleepUntil(asksAt: number, freeAt: number = asksAt): void {
    const { first } = this.#queue;
    this.#freeAt = Math.max(asksAt, freeAt);
    this.#asksAt = asksAt;
    this.#giveUp(({ deadline }) => deadline < asksAt);
    if (this.#queue.first === first) this.#alarm.by(asksAt);
    else this.#wakeUp(true);
  }

  #wakeUp(now: boolean = performance.now() >= this.#asksAt): void {
    if (!now) return this.#alarm.by(this.#asksAt);
    this.#alarm.cancel();
    this.#asksAt = 0;
    void this.#ask();
  }

  #giveUpElapsed(): void {
    const now = performance.now();
    const { first } = this.#queue;
    this.#giveUp(({ deadline }) => deadline !== AT_ONCE && deadline <= now);
    for (const { deadline } of this.#queue) if (deadline !== AT_ONCE) this.#nextDeadline.by(deadline);
    if (this.#queue.first !== first && this.#asksAt > 0) this.#wakeUp(true);
  }

  #giveUp(isLate: (call: QueuedCall) => boolean): void {
    const late = [...this.#queue].filter(isLate);
    for (const call of late) this.#queue.remove(call);
    for (const call of late) call.fail(tooLong(this.#waitMs(call.limits, call.cost)));
  }

  /** Until a call might go that is queued now. */
  #waitMs(limits: readonly RateLimit[], cost: number): number {
    const now = performance.now();
    const queued = this.#queue.units + cost;
    const rounds = limits.map((rate) => (Math.ceil(queued / rate.limit) - 1) * spanOf(rate));
    return Math.max(now, this.#freeAt, this.#pausedUntil) - now + Math.max(0, ...rounds);
  }
}
