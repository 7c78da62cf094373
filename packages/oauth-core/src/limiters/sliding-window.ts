import type { WindowLimit } from './rate-limiter.ts';
import { graceOf, spanOf } from './rate-limits.ts';

/** What was dispatched for one key, and from when on more may be. */
export class SlidingWindow {
  readonly #logs: SlidingLog[] = [];
  #limits: readonly WindowLimit[] = [];
  #logsOfLimits: readonly SlidingLog[] = [];
  #pausedUntil = 0;

  /** When the last of so many units may be dispatched, if all go as early as they may; `now` at the earliest. */
  freeAt(limits: readonly WindowLimit[], units: number, now: number): number {
    const from = Math.max(now, this.#pausedUntil);
    let freeAt = from;
    // Calls of one key usually bring the same list every time.
    const logs = limits === this.#limits ? this.#logsOfLimits : this.#logsFor(limits);
    for (const log of logs) {
      log.expire(now);
      freeAt = Math.max(freeAt, log.freeAt(units, from));
    }
    return freeAt;
  }

  /** Takes a permit in every log of the key: the service counts all calls, whatever limits they brought. */
  take(cost: number, now: number): Dispatch {
    const dispatch: Dispatch = { at: now, cost, endedAt: undefined };
    for (const log of this.#logs) log.add(dispatch);
    return dispatch;
  }

  /** Notes that the response of a dispatch has come: its permit may be free sooner than assumed. */
  end(dispatch: Dispatch, now: number): void {
    for (const log of this.#logs) log.end(dispatch, now);
    dispatch.endedAt = now;
  }

  pauseUntil(time: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, time);
  }

  isIdle(now: number): boolean {
    return this.#pausedUntil <= now && this.#logs.every((log) => log.expire(now));
  }

  /** The logs in which these limits are measured. */
  #logsFor(limits: readonly WindowLimit[]): readonly SlidingLog[] {
    this.#logsOfLimits = limits.map((limit) => this.#logOf(limit));
    this.#limits = limits;
    return this.#logsOfLimits;
  }

  #logOf(rate: WindowLimit): SlidingLog {
    const known = this.#logs.find((log) => log.measures(rate));
    if (known) return known;
    const [longest] = this.#logs.toSorted((one, other) => other.spanMs - one.spanMs);
    const log = new SlidingLog(rate, longest);
    this.#logs.push(log);
    return log;
  }
}

/** One dispatch, by the monotonic clock. */
export interface Dispatch {
  readonly at: number;
  readonly cost: number;
  /** When its answer came; the request reached the service at some time before. */
  endedAt: number | undefined;
}

/** A request that has reached the service, and when it did at the latest. */
interface Arrival {
  readonly dispatch: Dispatch;
  readonly at: number;
}

/** The dispatches that count at this time, in the order in which they cease to. At most `limit` units of them do. */
export class SlidingLog {
  readonly limit: number;
  readonly spanMs: number;
  readonly #graceMs: number;
  /** Requests that were answered, or had their grace. In the order of their times. */
  readonly #arrived: Arrival[] = [];
  #first = 0;
  /** In the order of dispatch, which is the order in which their graces end: after all times of `#arrived`. */
  readonly #underWay = new Set<Dispatch>();
  #used = 0;

  /** Starts with what another log of the same key remembers, where there is one. */
  constructor(rate: WindowLimit, source?: SlidingLog) {
    this.limit = rate.limit;
    this.spanMs = spanOf(rate);
    this.#graceMs = graceOf(rate);
    if (source === undefined) return;
    for (const { dispatch } of source.#arrived.slice(source.#first)) {
      if (dispatch.endedAt === undefined) this.#underWay.add(dispatch);
      else this.#arrived.push({ dispatch, at: Math.min(dispatch.endedAt, dispatch.at + this.#graceMs) });
    }
    this.#arrived.sort((one, other) => one.at - other.at);
    for (const dispatch of source.#underWay) this.#underWay.add(dispatch);
    this.#used = source.#used;
  }

  measures(rate: WindowLimit): boolean {
    return this.limit === rate.limit && this.spanMs === spanOf(rate);
  }

  add(dispatch: Dispatch): void {
    this.expire(dispatch.at);
    this.#underWay.add(dispatch);
    this.#used += dispatch.cost;
  }

  /** A response has come: its request arrived before it did. */
  end(dispatch: Dispatch, now: number): void {
    this.expire(now);
    if (this.#underWay.delete(dispatch)) this.#arrived.push({ dispatch, at: now });
  }

  /** Forgets the dispatches that no longer count; says whether none is left. */
  expire(now: number): boolean {
    // An unanswered request is taken to arrive within its grace.
    for (const dispatch of this.#underWay) {
      const at = dispatch.at + this.#graceMs;
      if (at > now) break;
      this.#underWay.delete(dispatch);
      this.#arrived.push({ dispatch, at });
    }
    for (;;) {
      const arrival = this.#arrived[this.#first];
      if (arrival === undefined || arrival.at + this.spanMs > now) break;
      this.#used -= arrival.dispatch.cost;
      this.#first++;
    }
    // Soon, since a process has as many logs as accounts, and not each time, since a busy one has many arrivals.
    if (this.#first > 0 && this.#first * 2 >= this.#arrived.length) {
      this.#arrived.splice(0, this.#first);
      this.#first = 0;
    }
    return this.#used === 0;
  }

  /**
   * The earliest time, not before `from`, at which the last of `units` more units may be dispatched when all
   * are dispatched as early as they may; more than `limit` units take several intervals.
   */
  freeAt(units: number, from: number): number {
    if (this.#used + units <= this.limit) return from;
    const rounds = Math.max(0, Math.ceil(units / this.limit) - 1);
    let excess = this.#used + units - rounds * this.limit - this.limit;
    let freeAt = from;
    for (const { cost, until } of this.#counted()) {
      if (excess <= 0) break;
      freeAt = Math.max(freeAt, until);
      excess -= cost;
    }
    return freeAt + rounds * this.spanMs;
  }

  /** What counts, and until when: an interval after its arrival, which is when the service counts it. */
  *#counted(): Generator<{ cost: number; until: number }, void> {
    for (let index = this.#first; index < this.#arrived.length; index++) {
      const arrival = this.#arrived[index];
      if (arrival !== undefined) yield { cost: arrival.dispatch.cost, until: arrival.at + this.spanMs };
    }
    for (const { at, cost } of this.#underWay) yield { cost, until: at + this.#graceMs + this.spanMs };
  }
}
