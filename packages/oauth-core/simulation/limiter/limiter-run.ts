import type { RateLimiter } from '../../src/index.ts';
import type { Code } from '../engine/code.ts';
import { Findings } from '../engine/findings.ts';
import { Random } from '../engine/random.ts';
import { SimProcess } from '../engine/sim-process.ts';
import { World } from '../engine/world.ts';
import type { Call, Limit, LimiterHistory } from './history.ts';
import { arrivesBy, CLOCK_STEP_MS, type Dispatched, KeyModel } from './key-model.ts';
import type { LimiterRule } from './rules.ts';
import type { Subject } from './subject.ts';

/** What two timers may be late, with a millisecond of rounding. */
const TIMER_MS = 9;
const PAUSE_INSIDE_MS = 7;
const FAILED = 'the dispatch failed';

interface Waiting {
  readonly id: number;
  readonly call: Call;
  readonly askedAt: number;
  state: 'waiting' | 'dispatched' | 'aborted' | 'rejected';
}

/** One history of a limiter while it runs: one process, blocked now and then, with a wall clock that jumps. */
export class LimiterRun {
  readonly world: World;
  readonly findings: Findings;
  readonly #subject: Subject;
  readonly #history: LimiterHistory;
  readonly #process: SimProcess;
  readonly #limiter: RateLimiter;
  readonly #arrivals: Random;
  readonly #models = new Map<string, KeyModel>();
  readonly #waiting = new Set<Waiting>();
  #calls = 0;

  constructor(subject: Subject, code: Code, history: LimiterHistory, isTraced: boolean) {
    this.#subject = subject;
    this.#history = history;
    this.world = new World(history.seed, { isTraced });
    this.findings = new Findings(this.world);
    this.#process = new SimProcess(this.world, 'p');
    this.#arrivals = new Random(history.seed, 'arrivals');
    this.#limiter = subject.open(code(this.#process), history.config.limits);
  }

  async run(): Promise<void> {
    const { items, config } = this.#history;
    for (const item of items) {
      this.world.at(item.at, () => {
        if (item.type === 'call') this.#process.deliver(0, () => this.#call(item, 0));
        else if (item.type === 'pause') this.#process.deliver(0, () => this.#pause(item.key, item.ms));
        else if (item.type === 'freeze') this.#process.freeze(item.ms);
        else if (this.#subject.ignoresWallClock) this.#process.skewMs += item.ms;
      });
    }
    const lastAt = Math.max(0, ...items.map(({ at }) => at));
    const longestMs = Math.max(...config.limits.map(({ intervalMs }) => intervalMs));
    await this.world.run(
      lastAt + 1000 * longestMs,
      () => this.#waiting.size === 0 && this.world.now > lastAt,
    );
    for (const { id } of this.#waiting) this.#violate('never-settled', `#${id}`);
    for (const limit of config.limits)
      for (const [key, model] of this.#models) {
        this.#checkWindows(key, model, limit);
        if (model.mostUnits(limit, ({ arrivedAt }) => arrivedAt) > limit.limit)
          this.#violate('over-limit-by-arrival', key);
      }
  }

  #checkWindows(key: string, model: KeyModel, limit: Limit): void {
    const most = model.mostUnits(limit, ({ at }) => at);
    const largest = Math.max(0, ...model.dispatches.map(({ cost }) => cost));
    if (most > limit.limit && this.#subject.isExact(this.#history.config)) this.#violate('over-limit', key);
    if (most > limit.limit + largest) this.#violate('over-limit-by-a-call', key);
  }

  #modelOf(key: string): KeyModel {
    let model = this.#models.get(key);
    if (model === undefined) this.#models.set(key, (model = new KeyModel(this.#history.config.limits)));
    return model;
  }

  #pause(key: string, ms: number): void {
    const model = this.#modelOf(key);
    model.pausedUntil = Math.max(model.pausedUntil, this.world.now + ms);
    void this.#limiter.pause(key, ms);
  }

  #call(call: Call, depth: number): void {
    const me: Waiting = { id: (this.#calls += 1), call, askedAt: this.world.now, state: 'waiting' };
    this.#waiting.add(me);
    this.findings.count('calls');
    const controller = new AbortController();
    const { key, cost, maxWaitMs, abortAfterMs } = call;
    const options = { cost, signal: controller.signal, ...(maxWaitMs !== undefined && { maxWaitMs }) };
    if (abortAfterMs !== undefined)
      this.#process.deliver(abortAfterMs, () => {
        if (me.state === 'waiting') this.#leave(me, 'aborted');
        controller.abort(new Error('aborted'));
      });
    void this.#limiter
      .run(key, () => this.#dispatch(me, depth), options)
      .then(undefined, (error: Error) => this.#onFailure(me, error))
      .then(() => this.#waiting.delete(me));
  }

  #leave(me: Waiting, state: 'aborted' | 'rejected'): void {
    me.state = state;
    this.#modelOf(me.call.key).movedAt = this.world.now;
  }

  #dispatch(me: Waiting, depth: number): Promise<void> {
    const { call } = me;
    const model = this.#modelOf(call.key);
    this.#checkDispatch(me, model);
    me.state = 'dispatched';
    this.world.log('start', `#${me.id} of ${call.key}`);
    const mine: Dispatched = {
      at: this.world.now,
      cost: call.cost,
      endedAt: undefined,
      arrivedAt: this.world.now,
    };
    model.dispatches.push(mine);
    model.movedAt = this.world.now;
    if (call.inside === 'run' && depth < 2) this.#call({ ...call, cost: 1, inside: undefined }, depth + 1);
    if (call.inside === 'pause') this.#pause(call.key, PAUSE_INSIDE_MS);
    if (call.inside === 'throw') {
      mine.endedAt = this.world.now;
      throw new Error(FAILED);
    }
    return new Promise((resolve, reject) => {
      this.#process.deliver(call.answerMs, () => {
        mine.endedAt = this.world.now;
        const latest = Math.min(...this.#history.config.limits.map((limit) => arrivesBy(mine, limit)));
        mine.arrivedAt = this.#arrivals.between(mine.at, latest);
        if (call.inside === 'reject') reject(new Error(FAILED));
        else resolve();
      });
    });
  }

  #checkDispatch(me: Waiting, model: KeyModel): void {
    const { now } = this.world;
    const { cost, key, maxWaitMs = Number.POSITIVE_INFINITY } = me.call;
    if (me.state !== 'waiting') this.#violate('dispatched-wrongly', `#${me.id} is ${me.state}`);
    if (now < model.pausedUntil - 1e-6) this.#violate('in-pause', `#${me.id}`);
    if (now > me.askedAt + maxWaitMs + CLOCK_STEP_MS) this.#violate('after-deadline', `#${me.id}`);
    const isAhead = (other: Waiting): boolean =>
      other.id < me.id &&
      other.state === 'waiting' &&
      other.call.key === key &&
      other.call.maxWaitMs === undefined;
    if ([...this.#waiting].some(isAhead)) this.#violate('not-in-order', `#${me.id}`);
    const dueAt = Math.max(model.freeAt(cost), me.askedAt, model.movedAt);
    if (now - dueAt > TIMER_MS && this.#process.frozenMs(dueAt - 1, now) === 0)
      this.#violate('late', `#${me.id} by ${(now - dueAt).toFixed(1)} ms`);
  }

  #onFailure(me: Waiting, error: Error): void {
    const { now } = this.world;
    const { cost, key, maxWaitMs = Number.POSITIVE_INFINITY } = me.call;
    this.findings.count(error.name === 'Error' ? error.message : error.name);
    if (error.message === FAILED || error.message === 'aborted') return;
    if (error.name !== 'RateLimitError') return this.#violate('strange-error', String(error.stack));
    const deadline = me.askedAt + maxWaitMs;
    const isFirst = ![...this.#waiting].some(
      (other) => other.id < me.id && other.state === 'waiting' && other.call.key === key,
    );
    if (isFirst && now < deadline - TIMER_MS && this.#modelOf(key).freeAt(cost) < deadline - TIMER_MS)
      this.#violate('rejected-in-vain', `#${me.id} ${(deadline - now).toFixed(1)} ms before its deadline`);
    this.#leave(me, 'rejected');
  }

  #violate(rule: LimiterRule, text: string): void {
    if (this.#subject.rules.has(rule)) this.findings.violate(rule, text);
  }
}
