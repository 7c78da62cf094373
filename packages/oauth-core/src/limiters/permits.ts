import type { RateLimit } from './rate-limiter.ts';
import { checkLimits } from './rate-limits.ts';
import { type Dispatch, SlidingLog } from './sliding-log.ts';

/** What was dispatched for one key, and from when on more may be. */
export class Permits {
  readonly #logs: SlidingLog[] = [];
  #limits: readonly RateLimit[] = [];
  #logsOfLimits: readonly SlidingLog[] = [];
  #pausedUntil = 0;

  /** When the last of so many units may be dispatched, if all go as early as they may; `now` at the earliest. */
  freeAt(limits: readonly RateLimit[], units: number, now: number): number {
    const from = Math.max(now, this.#pausedUntil);
    let freeAt = from;
    for (const log of this.#logsFor(limits)) {
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

  pauseUntil(time: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, time);
  }

  isIdle(now: number): boolean {
    return this.#pausedUntil <= now && this.#logs.every((log) => log.expire(now));
  }

  /** The logs in which these limits are measured. Calls of one key usually bring the same array every time. */
  #logsFor(limits: readonly RateLimit[]): readonly SlidingLog[] {
    if (limits === this.#limits) return this.#logsOfLimits;
    checkLimits(limits);
    this.#logsOfLimits = limits.map((limit) => this.#logOf(limit));
    this.#limits = limits;
    return this.#logsOfLimits;
  }

  #logOf(rate: RateLimit): SlidingLog {
    const known = this.#logs.find((log) => log.measures(rate));
    if (known) return known;
    const [longest] = this.#logs.toSorted((one, other) => other.spanMs - one.spanMs);
    const log = new SlidingLog(rate, longest);
    this.#logs.push(log);
    return log;
  }
}
