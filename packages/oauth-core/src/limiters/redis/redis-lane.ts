import { ContextSdkError } from '../../errors/index.ts';
import { CallQueue } from '../call-queue.ts';
import type { KeyedLane } from '../keyed-rate-limiter.ts';
import { queuedCall } from '../queued-call.ts';
import type { QueuedCall } from '../queued-call.ts';
import type { RateLimit, RateLimiterRunOptions } from '../rate-limiter.ts';
import { checkCall, checkLimits, spanOf } from '../rate-limits.ts';
import { tooLong } from '../too-long.ts';
import { WakeUp } from '../wake-up.ts';
import type { Answer } from './ask.ts';
import { type Demand, demandOf } from './demand.ts';
import { Grant, type Permit } from './grant.ts';
import type { LocalShare } from './local-share.ts';
import type { SharedLog } from './shared-log.ts';

/** The deadline of a call that goes with the next answer or not at all. */
const AT_ONCE = 0;

/** The calls of one key in this process. Those at the head of the queue ask Redis together, one ask after another. */
export class RedisLane implements KeyedLane {
  readonly #log: SharedLog;
  readonly #local: LocalShare | undefined;
  readonly #queue = new CallQueue<QueuedCall>();
  readonly #nextAsk = new WakeUp(() => void this.#ask());
  readonly #nextDeadline = new WakeUp(() => this.#giveUpElapsed());
  /** What pays for the calls that are being started. */
  #permit: Permit | undefined;
  #isAsking = false;
  /** While the queue sleeps: when it asks again, and when its first call may go at the latest. */
  #asksAt = 0;
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
      throw tooLong(this.#waitMs({ limits, cost }));
    return queuedCall(
      { cost, limits, deadline },
      () => (this.#permit ?? this.#log).dispatch(dispatch, cost),
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
