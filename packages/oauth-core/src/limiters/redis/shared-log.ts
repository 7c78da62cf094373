import { WakeUp } from '../wake-up.ts';
import type { Answer, Ask, Settlement } from './ask.ts';
import type { Demand, Scale } from './demand.ts';
import { Grant } from './grant.ts';
import type { LocalDispatch, LocalShare } from './local-share.ts';
import type { RedisLink } from './redis-link.ts';

/** How long others who may wait for it do without what is settled. */
const REPORT_MS = 200;
/** Of a key whose limits are far, so many grants are kept that could be settled later. */
const MOST_UNSETTLED = 64;

/** What Redis granted to one ask. Times are of the monotonic clock of this process. */
export interface Granted {
  readonly grant: Grant;
  /** The calls must have been dispatched by then. */
  readonly usableUntil: number;
  /** When the next call may go at the latest, and when it is worth asking again; 0 where all may go. */
  readonly freeAt: number;
  readonly asksAt: number;
}

function spentBy({ id, dispatch }: LocalDispatch, lateMs: number, now: number): Ask['spent'][number] {
  const { at, cost, endedAt = Infinity } = dispatch;
  return [cost, Math.floor(now - Math.min(endedAt, at + lateMs)), id];
}

/** One key's log at Redis, as this process knows it. */
export class SharedLog {
  readonly #link: RedisLink;
  readonly #key: string;
  readonly #by: string;
  readonly #local: LocalShare | undefined;
  readonly #report = new WakeUp(() => void this.#tell());
  /** Grants of which Redis does not know all that became of them. */
  readonly #unsettled = new Set<Grant>();
  #scale: Scale = { limits: [], lateMs: 0 };
  #last = { epoch: 0, number: 0, countsUntil: 0 };
  #untoldPauseUntil = 0;
  #hasTurn = false;
  #isTight = false;
  #givesBack = false;

  constructor(link: RedisLink, key: string, by: string, local: LocalShare | undefined) {
    this.#link = link;
    this.#key = key;
    this.#by = by;
    this.#local = local;
  }

  /** Rejects with {@link StoreError}. */
  async ask(wanted: Demand): Promise<Granted> {
    const { limits, lateMs } = wanted;
    this.#scale = { limits, lateMs };
    const sentAt = performance.now();
    // Perhaps: what is told meanwhile must not take a place in the queue away.
    this.#hasTurn ||= wanted.waits;
    const answer = await this.#send(wanted, sentAt);
    const receivedAt = performance.now();
    this.#hasTurn = wanted.waits && answer.waitMs > 0;
    this.#isTight = answer.isTight;
    if (this.#unsettled.size > 0) this.#reportIfTight();
    this.#noteLoss(answer, sentAt);
    if (answer.units > 0) this.#noteGrant(answer, wanted, sentAt);
    return {
      grant: this.#grantOf(answer, sentAt),
      usableUntil: sentAt + lateMs / 2,
      freeAt: receivedAt + answer.waitMs,
      // Until then requests that are taken to arrive late may have been settled.
      asksAt: answer.waitMs && receivedAt + answer.waitMs - (answer.waitMs > lateMs ? lateMs : 0),
    };
  }

  /** Resolves when Redis was told; where it is away, the next ask tells it. */
  async pauseUntil(time: number): Promise<void> {
    this.#untoldPauseUntil = Math.max(this.#untoldPauseUntil, time);
    await this.#tell();
  }

  /** Nobody waits here any more, so that the others need not leave anything to this process. */
  leave(): void {
    if (!this.#hasTurn) return;
    this.#hasTurn = false;
    void this.#tell();
  }

  /** What was granted to nobody is given back. */
  giveBackUnused(grant: Grant): void {
    if (grant.unused === 0) return;
    this.#givesBack = true;
    this.#settleSoon(grant);
  }

  isIdle(now: number): boolean {
    return this.#last.countsUntil < now && this.#untoldPauseUntil < now;
  }

  async #tell(): Promise<void> {
    const nothing = { ...this.#scale, costs: [], waits: this.#hasTurn };
    await this.#send(nothing, performance.now()).catch(() => undefined);
  }

  async #send(wanted: Demand, sentAt: number): Promise<Answer> {
    const pausedUntil = this.#untoldPauseUntil;
    const untold = this.#local?.takeUntold(wanted.lateMs) ?? [];
    const { epoch, number, countsUntil } = this.#last;
    const known = countsUntil > sentAt ? { epoch, number } : { epoch: 0, number: 0 };
    const { limits, costs, waits, lateMs } = wanted;
    const ask: Ask = {
      by: this.#by,
      limits,
      costs,
      waits,
      lateMs,
      epoch: known.epoch,
      number: known.number,
      pauseMs: Math.max(0, Math.ceil(pausedUntil - sentAt)),
      settled: this.#settlements(),
      spent: untold.map((dispatch) => spentBy(dispatch, wanted.lateMs, sentAt)),
    };
    try {
      const answer = await this.#link.ask(this.#key, ask, (late) => {
        this.#isTight ||= late.isTight;
        this.giveBackUnused(this.#grantOf(late, sentAt));
      });
      if (this.#untoldPauseUntil === pausedUntil) this.#untoldPauseUntil = 0;
      return answer;
    } catch (error) {
      this.#local?.keepUntold(untold);
      throw error;
    }
  }

  #grantOf(answer: Answer, sentAt: number): Grant {
    return new Grant(this.#by, answer, sentAt, (grant) => this.#settleSoon(grant));
  }

  /** Redis lost what still counts here; the script knows only the limits of the ask that noticed. */
  #noteLoss({ epoch, number }: Answer, sentAt: number): void {
    const { epoch: lastEpoch, countsUntil } = this.#last;
    if (countsUntil <= sentAt || lastEpoch === epoch) return;
    this.#last = { epoch, number, countsUntil };
    void this.pauseUntil(countsUntil);
  }

  #noteGrant({ epoch, number }: Answer, { limits, lateMs }: Demand, sentAt: number): void {
    const longest = Math.max(0, ...limits.map(([, spanMs]) => spanMs));
    const countsUntil = Math.max(this.#last.countsUntil, sentAt + lateMs + longest);
    this.#last = { epoch, number, countsUntil };
  }

  #settleSoon(grant: Grant): void {
    this.#unsettled.add(grant);
    this.#reportIfTight();
  }

  #reportIfTight(): void {
    if (this.#isTight) this.#report.by(performance.now() + REPORT_MS);
  }

  /**
   * What Redis is told with an ask. While the limits are far it would gain nobody anything, unless it is of permits that
   * nobody used. If the ask fails it is lost, and what it says counts a little longer.
   */
  #settlements(): Settlement[] {
    this.#report.cancel();
    if (!this.#isTight && !this.#givesBack) {
      if (this.#unsettled.size > MOST_UNSETTLED) this.#unsettled.clear();
      return [];
    }
    const settlements = Array.from(this.#unsettled, (grant) => [...grant.settle()]).flat();
    this.#unsettled.clear();
    this.#givesBack = false;
    return settlements;
  }
}
