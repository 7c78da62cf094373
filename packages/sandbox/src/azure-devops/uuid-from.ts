import type { Random } from '../random.ts';

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
