import { type Latency, STORE_FAULTS } from '../engine/backend.ts';
import { Random } from '../engine/random.ts';
import { LEASE_KINDS, type LeaseConfig, type LeaseHistory, type LeaseItem } from './history.ts';

const KEYS = ['counter', 'other'];
/** By which share a clock runs wrong: quartz, and virtual machines that are slowed down or correct their clocks. */
const DRIFT = 0.008;
const MAX_DRIFT = 0.03;
const MANY_PROCESSES = 16;
const ENDINGS = ['save', 'save', 'save', 'leave', 'throw', 'delete', 'ttl', 'twice'] as const;

const ANY_LATENCY = ['fast', 'slow'] as const;
const LATENCIES: Readonly<Record<LeaseConfig['kind'], readonly Latency[]>> = {
  calm: ANY_LATENCY,
  store: ANY_LATENCY,
  stops: ANY_LATENCY,
  // Lives that are spent on a slow store see little of a lease.
  lives: ['fast'],
  drift: ['fast'],
  encrypted: ANY_LATENCY,
  all: ['fast', 'slow', 'wild'],
};
const ANY_TTL_MS = [500, 2000, 8000];
const TTLS_MS: Readonly<Record<LeaseConfig['kind'], readonly number[]>> = {
  calm: [4000, 8000],
  store: ANY_TTL_MS,
  stops: ANY_TTL_MS,
  lives: [4000, 8000],
  drift: [500, 8000, 30_000],
  encrypted: [4000, 8000],
  all: ANY_TTL_MS,
};

function heldMs(random: Random, { kind, ttlMs }: LeaseConfig): number {
  if (kind === 'drift') return random.chance(0.15) ? 1.2 * ttlMs : 1;
  // Some hold on for longer than they may.
  const mayBeLong = kind !== 'calm' && kind !== 'encrypted';
  return random.tail(0.1, ttlMs * (mayBeLong && random.chance(0.1) ? 1.5 : 0.6));
}

function planConfig(random: Random, kind: LeaseConfig['kind']): LeaseConfig {
  const processes = random.chance(0.05) ? MANY_PROCESSES : random.int(2, 5);
  const drift =
    kind === 'drift' ? () => random.pick([-MAX_DRIFT, 0, MAX_DRIFT]) : () => random.between(-DRIFT, DRIFT);
  return {
    kind,
    latency: random.pick(LATENCIES[kind]),
    ttlMs: random.pick(TTLS_MS[kind]),
    drift: Array.from({ length: processes }, drift),
  };
}

/** The first process dies at work; those after it live for a part of the lease, each with work that waits for it. */
function planLives(random: Random, { ttlMs, drift }: LeaseConfig): LeaseItem[] {
  const dies: LeaseItem = { type: 'crash', at: 1000 + ttlMs * 0.1, process: 0 };
  const [key = ''] = KEYS;
  const items: LeaseItem[] = [
    { type: 'work', id: 0, at: 1000, process: 0, key, holdMs: ttlMs * 0.5, ending: 'save' },
    dies,
  ];
  for (let id = 1, { at } = dies; at < dies.at + 4 * ttlMs; id += 1) {
    const livesMs = random.between(0.2, 0.7) * ttlMs;
    const process = 1 + (id % (drift.length - 1));
    items.push({ type: 'work', id, at: at + 1, process, key, holdMs: 1, ending: 'save' });
    at += livesMs;
    items.push({ type: 'crash', at, process });
  }
  return items;
}

/** The history of a seed. */
export function planLeases(seed: number): LeaseHistory {
  const random = new Random(seed, 'leases');
  const kind = LEASE_KINDS[seed % LEASE_KINDS.length] ?? 'all';
  const config = planConfig(random, kind);
  if (kind === 'lives') return { seed, config, items: planLives(random, config) };
  const items: LeaseItem[] = [];
  const anyProcess = (): number => random.int(0, config.drift.length - 1);
  let id = 0;
  random.times(4, 40, () =>
    items.push({
      type: 'work',
      id: (id += 1),
      at: random.chance(0.6)
        ? random.pick([1000, 5000, 9000]) + random.tail(0.1, 500)
        : random.between(0, 30_000),
      process: anyProcess(),
      key: random.pick(KEYS),
      holdMs: heldMs(random, config),
      ending: random.pick(ENDINGS),
    }),
  );
  if (kind === 'encrypted')
    random.times(1, 6, () =>
      items.push({ type: 'rekey', at: random.between(500, 20_000), process: anyProcess() }),
    );
  const moments = items.flatMap((item) => ('at' in item ? [item.at] : []));
  if (kind === 'store' || kind === 'all') {
    random.times(1, 4, () => {
      const from = random.between(0, 20_000);
      const to = from + random.tail(100, 8000);
      items.push({
        type: 'storeFault',
        from,
        to,
        mode: random.pick(STORE_FAULTS),
        chance: random.pick([0.1, 0.4, 1]),
      });
    });
  }
  if (kind === 'stops' || kind === 'all') {
    random.times(1, 5, () => {
      const stop = { at: random.pick(moments) + random.tail(0.1, 400), process: anyProcess() };
      const ms = random.pick([0.2, 0.7, 1.2, 2.5]) * config.ttlMs;
      items.push(random.chance(2 / 3) ? { type: 'freeze', ...stop, ms } : { type: 'crash', ...stop });
    });
  }
  return { seed, config, items };
}
