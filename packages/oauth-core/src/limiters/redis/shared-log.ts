import { DeadlineTimer } from '../../timing/deadline-timer.ts';
import type { BatchRequest, Scale } from './batch-request.ts';
import type { FallbackLimiter, UnsyncedDispatch } from './fallback-limiter.ts';
import { Grant } from './grant.ts';
import type { PermitRelease, PermitRequest, PermitResponse } from './permit-request.ts';
import type { RedisLink } from './redis-link.ts';

/** How long others who may wait for it do without what is settled. */
const REPORT_MS = 200;
/** Of a key whose limits are far, so many grants are kept that could be settled later. */
const MAX_UNSETTLED = 64;

/** What Redis granted to one request. Times are of the monotonic clock of this process. */
export interface Granted {
  readonly grant: Grant;
  /** The calls must have been dispatched by then. */
  readonly usableUntil: number;
  /** When the next call may go at the latest, and when it is worth asking again; 0 where all may go. */
  readonly freeAt: number;
  readonly nextRequestAt: number;
}

function spentBy(
  { id, dispatch }: UnsyncedDispatch,
  lateMs: number,
  now: number,
): PermitRequest['spent'][number] {
  const { at, cost, endedAt = Number.POSITIVE_INFINITY } = dispatch;
  return [cost, Math.floor(now - Math.min(endedAt, at + lateMs)), id];
}

/** One key's log at Redis, as this process knows it. */
export class SharedLog {
  readonly #link: RedisLink;
  readonly #key: string;
  readonly #by: string;
  readonly #local: FallbackLimiter | undefined;
  readonly #report = new DeadlineTimer(() => void this.#tell());
  /** Grants of which Redis does not know all that became of them. */
  readonly #unsettled = new Set<Grant>();
  #scale: Scale = { limits: [], lateMs: 0 };
  #last = { epoch: 0, number: 0, countsUntil: 0 };
  #unsyncedPauseUntil = 0;
  #hasTurn = false;
  #isTight = false;
  #givesBack = false;

  constructor(link: RedisLink, key: string, by: string, local: FallbackLimiter | undefined) {
    this.#link = link;
    this.#key = key;
    this.#by = by;
    this.#local = local;
  }

  /** Rejects with {@link StoreError}. */
  async request(wanted: BatchRequest): Promise<Granted> {
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
      nextRequestAt: answer.waitMs && receivedAt + answer.waitMs - (answer.waitMs > lateMs ? lateMs : 0),
    };
  }

  /** Resolves once Redis knows. If it is away, the next request says so. */
  async pauseUntil(time: number): Promise<void> {
    this.#unsyncedPauseUntil = Math.max(this.#unsyncedPauseUntil, time);
    await this.#tell();
  }

  /** Nobody waits here any more, so that the others need not leave anything to this process. */
  leave(): void {
    if (!this.#hasTurn) return;
    this.#hasTurn = false;
    void this.#tell();
  }

  /** Gives back what no call used. */
  giveBackUnused(grant: Grant): void {
    if (grant.unused === 0) return;
    this.#givesBack = true;
    this.#settleSoon(grant);
  }

  isIdle(now: number): boolean {
    return this.#last.countsUntil < now && this.#unsyncedPauseUntil < now;
  }

  async #tell(): Promise<void> {
    const nothing = { ...this.#scale, costs: [], waits: this.#hasTurn };
    await this.#send(nothing, performance.now()).catch(() => undefined);
  }

  async #send(wanted: BatchRequest, sentAt: number): Promise<PermitResponse> {
    const pausedUntil = this.#unsyncedPauseUntil;
    const unsynced = this.#local?.takeUnsynced(wanted.lateMs) ?? [];
    const { epoch, number, countsUntil } = this.#last;
    const known = countsUntil > sentAt ? { epoch, number } : { epoch: 0, number: 0 };
    const { limits, costs, waits, lateMs } = wanted;
    const request: PermitRequest = {
      by: this.#by,
      limits,
      costs,
      waits,
      lateMs,
      epoch: known.epoch,
      number: known.number,
      pauseMs: Math.max(0, Math.ceil(pausedUntil - sentAt)),
      settled: this.#releases(),
      spent: unsynced.map((dispatch) => spentBy(dispatch, wanted.lateMs, sentAt)),
    };
    try {
      const answer = await this.#link.request(this.#key, request, (late) => {
        this.#isTight ||= late.isTight;
        this.giveBackUnused(this.#grantOf(late, sentAt));
      });
      if (this.#unsyncedPauseUntil === pausedUntil) this.#unsyncedPauseUntil = 0;
      return answer;
    } catch (error) {
      this.#local?.keepUnsynced(unsynced);
      throw error;
    }
  }

  #grantOf(answer: PermitResponse, sentAt: number): Grant {
    return new Grant(this.#by, answer, sentAt, (grant) => this.#settleSoon(grant));
  }

  /** Redis lost what still counts here; the script knows only the limits of the request that noticed. */
  #noteLoss({ epoch, number }: PermitResponse, sentAt: number): void {
    const { epoch: lastEpoch, countsUntil } = this.#last;
    if (countsUntil <= sentAt || lastEpoch === epoch) return;
    this.#last = { epoch, number, countsUntil };
    void this.pauseUntil(countsUntil);
  }

  #noteGrant({ epoch, number }: PermitResponse, { limits, lateMs }: BatchRequest, sentAt: number): void {
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
   * What Redis is told with a request. While the limits are far it would gain nobody anything, unless it is of permits that
   * nobody used. If the request fails it is lost, and what it says counts a little longer.
   */
  #releases(): PermitRelease[] {
    this.#report.cancel();
    if (!this.#isTight && !this.#givesBack) {
      if (this.#unsettled.size > MAX_UNSETTLED) this.#unsettled.clear();
      return [];
    }
    const releases = Array.from(this.#unsettled, (grant) => [...grant.settle()]).flat();
    this.#unsettled.clear();
    this.#givesBack = false;
    return releases;
  }
}
