import { STORE_FAULTS } from '../engine/backend.ts';
import { Random } from '../engine/random.ts';
import { SIGN_IN_KINDS, type SignInHistory, type SignInItem } from './history.ts';

const TEN_MINUTES_MS = 600_000;
const SKEWS_MS = [0, -7_200_000, -700_000, -20_000, 20_000, 700_000, 7_200_000] as const;

/** A callback, or several that race: a browser that sends its request again, a user who clicks twice. */
function callbacks(random: Random, kind: string, id: number, at: number): SignInItem[] {
  const isHostile = kind === 'hostile' || kind === 'all';
  return Array.from({ length: random.pick([1, 1, 2, 4]) }, () => ({
    type: 'callback' as const,
    id,
    at: at + random.tail(0.1, 2000),
    process: random.int(0, 15),
    browser: isHostile ? random.pick(['own', 'own', 'other', 'none'] as const) : 'own',
    state: isHostile ? random.pick(['own', 'own', 'own', 'changed', 'none'] as const) : 'own',
  }));
}

/** The history of a seed. */
export function planSignIns(seed: number): SignInHistory {
  const random = new Random(seed, 'sign-ins');
  const kind = SIGN_IN_KINDS[seed % SIGN_IN_KINDS.length] ?? 'all';
  const processes = random.pick([1, 2, 4, 16]);
  const latency = random.pick(
    kind === 'all' ? (['fast', 'slow', 'wild'] as const) : (['fast', 'slow'] as const),
  );
  const items: SignInItem[] = [];
  for (let id = random.int(1, 6); id > 0; id -= 1) {
    const at = random.between(0, 60_000);
    items.push({ type: 'begin', id, at, process: random.int(0, 15) });
    const isLate = kind !== 'calm' && random.chance(0.2);
    const takesMs = isLate ? TEN_MINUTES_MS * random.between(0.99, 1.1) : random.tail(500, 300_000);
    items.push(...callbacks(random, kind, id, at + takesMs));
    if (random.chance(0.2)) items.push(...callbacks(random, kind, id, at + takesMs + random.tail(1, 60_000)));
    if (kind !== 'calm' && random.chance(0.1))
      items.push({ type: 'discard', id, at: at + random.tail(500, 300_000), process: random.int(0, 15) });
  }
  const moments = items.flatMap((item) => (item.type === 'callback' ? [item.at] : []));
  const beside = (): number => random.pick(moments) - random.tail(0.1, 500);
  if (kind === 'store' || kind === 'all')
    random.times(1, 4, () => {
      const from = beside();
      const fault = { mode: random.pick(STORE_FAULTS), chance: random.pick([0.1, 0.4, 1]) };
      items.push({ type: 'storeFault', from, to: from + random.tail(100, 20_000), ...fault });
    });
  if (kind === 'stops' || kind === 'all')
    random.times(1, 4, () => {
      const stop = { at: beside(), process: random.int(0, 15) };
      items.push(
        random.chance(0.5)
          ? { type: 'crash', ...stop }
          : { type: 'freeze', ...stop, ms: random.tail(50, 60_000) },
      );
    });
  const config = { kind, latency, isEncrypted: random.chance(0.2), processes };
  const areClocksWrong = random.chance(0.3);
  const skewMs = Array.from({ length: areClocksWrong ? processes : 0 }, () => random.pick(SKEWS_MS));
  return { seed, config: { ...config, skewMs }, items };
}
