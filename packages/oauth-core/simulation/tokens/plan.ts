import { STORE_FAULTS } from '../engine/backend.ts';
import { Random } from '../engine/random.ts';
import { HORIZON_MS, KINDS, type TokenConfig, type TokenHistory, type TokenItem } from './history.ts';
import { SERVER_FAULTS } from './server-fetch.ts';

const SKEWS_MS = [0, 2000, -2000, 90_000, -90_000, 3_600_000, -3_600_000];
/** Beyond what quartz does: virtual machines that are slowed down, or correct their clocks. */
const DRIFTS = [0.004, 0.004, 0.004, 0.03];
const MANY_PROCESSES = 16;
const CHANCES = [1, 0.5, 0.2];

function planConfig(random: Random, kind: TokenConfig['kind']): TokenConfig {
  const isAll = kind === 'all';
  const timeoutMs = random.pick([1000, 3000, 10_000]);
  const processes = random.chance(0.05) ? MANY_PROCESSES : random.int(1, 4);
  const drift = random.pick(DRIFTS);
  const each = (draw: () => number): number[] => Array.from({ length: processes }, draw);
  return {
    kind,
    lifetimeMs: random.pick([20_000, 60_000, 120_000]),
    timeoutMs,
    leaseTtlMs: random.pick([timeoutMs + 5000, timeoutMs + 8000, 30_000]),
    ambiguousRefresh: random.chance(0.75) ? 'retry' : 'defer',
    rotation: random.pick(['always', 'always', 'never', 'sometimes']),
    reuse: random.pick(['kill', 'kill', 'refuse', 'grace']),
    revokeSpent: random.chance(0.5),
    isEncrypted: random.chance(0.1),
    latency: isAll ? random.pick(['fast', 'slow', 'wild']) : random.pick(['fast', 'slow']),
    skewMs: each(() => (kind === 'skew' || (isAll && random.chance(0.3)) ? random.pick(SKEWS_MS) : 0)),
    drift: each(() => random.between(-drift, drift)),
  };
}

/** Draws what happens in one history. */
class Planner {
  readonly items: TokenItem[] = [];
  readonly #random: Random;
  readonly #config: TokenConfig;

  constructor(random: Random, config: TokenConfig) {
    this.#random = random;
    this.#config = config;
  }

  #time(): number {
    return this.#random.between(50, HORIZON_MS);
  }

  #where(at: number): { at: number; process: number } {
    const process = this.#random.int(0, this.#config.drift.length - 1);
    return { at: Math.max(20, Math.min(at, HORIZON_MS)), process };
  }

  /** A moment at which something else happens, or right after it. */
  #beside(): number {
    const moments = this.items.flatMap((item) => ('at' in item ? [item.at] : []));
    return this.#random.pick(moments) + this.#random.tail(1, 500);
  }

  #get(at: number): void {
    this.items.push({ type: 'get', ...this.#where(at), isNewObject: this.#random.chance(0.3) });
  }

  #save(at: number): void {
    this.items.push({ type: 'save', ...this.#where(at), withRefreshToken: this.#random.chance(0.7) });
  }

  #revoke(at: number): void {
    this.items.push({ type: 'revoke', ...this.#where(at) });
    if (this.#random.chance(0.85)) this.#save(at + this.#random.tail(1, 20_000));
  }

  /** Callers come in clusters, mostly when a token is about to end. */
  calls(): void {
    const random = this.#random;
    random.times(4, 14, () => {
      const due = random.int(1, 8) * this.#config.lifetimeMs * random.between(0.75, 1.1);
      const at = random.chance(0.6) ? due : this.#time();
      random.times(1, 6, () => {
        const moment = at + random.tail(0.1, 3000);
        if (random.chance(0.15)) this.items.push({ type: 'rejected', ...this.#where(moment) });
        else this.#get(moment);
      });
    });
    random.times(0, 2, () =>
      this.items.push({ type: 'abort', ...this.#where(this.#time()), afterMs: random.tail(0.1, 500) }),
    );
  }

  grants(): void {
    const random = this.#random;
    random.times(0, 3, () => this.#save(this.#time()));
    if (random.chance(0.4)) random.times(1, 2, () => this.#revoke(this.#time()));
    if (random.chance(0.5)) return;
    // A sign-in or an end right beside a refresh.
    const near = this.#beside() + random.between(-1, 1) * random.pick([5, 50, 300]);
    if (random.chance(0.4)) this.#revoke(near);
    else this.#save(near);
    this.#get(near + random.between(0, 2000));
    this.#get(near + random.between(100, 40_000));
  }

  /** Records are encrypted anew while they are in use. */
  rekeys(): void {
    this.#random.times(4, 12, () =>
      this.items.push({
        type: 'rekey',
        ...this.#where(this.#random.chance(0.5) ? this.#beside() : this.#time()),
      }),
    );
  }

  #window(maxMs: number): { from: number; to: number; chance: number } {
    const from = this.#time();
    return { from, to: from + this.#random.tail(200, maxMs), chance: this.#random.pick(CHANCES) };
  }

  calmFaults(): void {
    this.#random.times(0, 4, () => {
      const mode = this.#random.pick(['lost', 'refused'] as const);
      this.items.push({ type: 'storeFault', mode, ...this.#window(20_000), chance: 0.2 });
    });
  }

  serverFaults(): void {
    this.#random.times(1, 5, () =>
      this.items.push({
        type: 'serverFault',
        mode: this.#random.pick(SERVER_FAULTS),
        ...this.#window(60_000),
      }),
    );
  }

  storeFaults(): void {
    this.#random.times(1, 4, () =>
      this.items.push({ type: 'storeFault', mode: this.#random.pick(STORE_FAULTS), ...this.#window(20_000) }),
    );
  }

  /** The store goes away right when the provider has handled a refresh. */
  outages(): void {
    const random = this.#random;
    random.times(0, 2, () => {
      const ms = random.pick([2000, 4500, 7000, 12_000]);
      this.items.push({ type: 'trigger', on: 'redeem', nth: random.int(1, 6), afterMs: 0, what: 'away', ms });
    });
  }

  stops(): void {
    const random = this.#random;
    const moment = (): number => (random.chance(0.7) ? this.#beside() : this.#time());
    random.times(0, 3, () =>
      this.items.push({ type: 'freeze', ...this.#where(moment()), ms: random.tail(50, 90_000) }),
    );
    random.times(0, 2, () => this.items.push({ type: 'crash', ...this.#where(moment()) }));
    if (random.chance(0.4)) {
      const crash = { call: random.int(1, 12), isApplied: random.chance(0.5) };
      this.items.push({ type: 'crashInStore', ...this.#where(this.#time()), ...crash });
    }
    random.times(0, 3, () =>
      this.items.push({
        type: 'trigger',
        on: random.pick(['redeem', 'redeem', 'write']),
        nth: random.int(1, 12),
        afterMs: random.chance(0.5) ? 0 : random.tail(0.1, 200),
        what: random.pick(['freeze', 'freeze', 'crash']),
        ms: random.pick([0.3, 0.8, 1.1, 1.5, 3]) * this.#config.leaseTtlMs,
      }),
    );
  }
}

/** The history of a seed. */
export function planTokens(seed: number): TokenHistory {
  const random = new Random(seed, 'tokens');
  const kind = KINDS[seed % KINDS.length] ?? 'all';
  const config = planConfig(random, kind);
  const planner = new Planner(random, config);
  planner.calls();
  planner.grants();
  if (config.isEncrypted) planner.rekeys();
  if (kind === 'calm') planner.calmFaults();
  if (kind === 'server' || kind === 'all') planner.serverFaults();
  if (kind === 'store' || kind === 'all') planner.storeFaults();
  if (kind === 'store') planner.outages();
  if (kind === 'stops' || kind === 'all') planner.stops();
  return { seed, config, items: planner.items };
}
