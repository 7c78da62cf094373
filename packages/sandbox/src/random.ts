/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** At least 0, less than 1. */
  next(): number;
  /** A whole number, at least 0, less than `below`. */
  integer(below: number): number;
  pick<T>(items: readonly T[]): T;
  /** That many characters of an alphabet. */
  text(length: number, alphabet: string): string;
  chance(probability: number): boolean;
}

/** A seeded generator (mulberry32); a string seed is hashed (FNV-1a). */
export function createRandom(seed: number | string): Random {
  let state = typeof seed === 'number' ? seed >>> 0 : hash(seed);
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    next,
    integer,
    pick: (items) => {
      const item = items[integer(items.length)];
      if (item === undefined) throw new RangeError('There is nothing to pick from');
      return item;
    },
    text: (length, alphabet) => Array.from({ length }, () => alphabet[integer(alphabet.length)]).join(''),
    chance: (probability) => next() < probability,
  };
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return value >>> 0;
}

/** A UUID that is the same for the same seed. */
export function uuidFrom(random: Random): string {
  const digits = Array.from({ length: 32 }, (_, index) =>
    index === 12 ? '4' : random.integer(16).toString(16),
  );
  const text = digits.join('');
  return [
    text.slice(0, 8),
    text.slice(8, 12),
    text.slice(12, 16),
    `a${text.slice(17, 20)}`,
    text.slice(20),
  ].join('-');
}
