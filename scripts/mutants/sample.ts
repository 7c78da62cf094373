import { createHash } from 'node:crypto';

/** So many of a list, in its order; the same ones for the same seed. */
export function sample<T>(list: readonly T[], count: number, seed: string, keyOf: (item: T) => string): T[] {
  const drawn = (item: T): string =>
    createHash('sha256')
      .update(`${seed} ${keyOf(item)}`)
      .digest('hex');
  const byLot = list.toSorted((a, b) => (drawn(a) < drawn(b) ? -1 : 1));
  const chosen = new Set(byLot.slice(0, count));
  return list.filter((item) => chosen.has(item));
}
