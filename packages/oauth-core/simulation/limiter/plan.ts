import { Random } from '../engine/random.ts';
import { LIMITER_KINDS, type LimiterConfig, type LimiterHistory, type LimiterItem } from './history.ts';

const INSIDE = [undefined, undefined, 'run', 'pause', 'throw', 'reject'] as const;

function planConfig(random: Random, kind: LimiterConfig['kind']): LimiterConfig {
  const intervalMs = random.pick([100, 1000, 60_000]);
  const first = { limit: random.int(1, 12), intervalMs };
  const hasTwo = kind === 'several' || kind === 'hostile';
  const second = {
    limit: random.int(first.limit, first.limit * 5),
    intervalMs: intervalMs * random.pick([3, 5, 10.5]),
  };
  return { kind, limits: hasTwo ? [first, second] : [first], keys: random.int(1, 3) };
}

/** The history of a seed. */
export function planLimiter(seed: number): LimiterHistory {
  const random = new Random(seed, 'limiter');
  const kind = LIMITER_KINDS[seed % LIMITER_KINDS.length] ?? 'hostile';
  const config = planConfig(random, kind);
  const intervalMs = Math.min(...config.limits.map((limit) => limit.intervalMs));
  const mostUnits = Math.min(...config.limits.map(({ limit }) => limit));
  const spanMs = intervalMs * random.int(4, 12);
  const items: LimiterItem[] = [];
  const time = (): number => random.between(0, spanMs);
  const key = (): string => `key-${random.int(1, config.keys)}`;
  random.times(1, 6, () => {
    const at = time();
    random.times(1, mostUnits * 3, () =>
      items.push({
        type: 'call',
        at: at + (random.chance(0.5) ? 0 : random.tail(0.01, intervalMs)),
        key: key(),
        cost: kind === 'one' ? 1 : random.int(1, mostUnits),
        answerMs: random.pick([0, random.tail(0.1, intervalMs * 0.04), random.tail(1, intervalMs * 2)]),
        abortAfterMs: random.chance(0.15) ? random.tail(0.1, intervalMs * 2) : undefined,
        maxWaitMs: random.chance(0.25) ? random.pick([0, random.tail(1, intervalMs * 3)]) : undefined,
        inside: kind === 'hostile' ? random.pick(INSIDE) : undefined,
      }),
    );
  });
  random.times(0, 2, () =>
    items.push({ type: 'pause', at: time(), key: key(), ms: random.tail(1, intervalMs * 2) }),
  );
  random.times(0, 2, () => items.push({ type: 'freeze', at: time(), ms: random.tail(1, intervalMs * 3) }));
  random.times(0, 2, () =>
    items.push({ type: 'jump', at: time(), ms: random.between(-3_600_000, 3_600_000) }),
  );
  return { seed, config, items };
}
