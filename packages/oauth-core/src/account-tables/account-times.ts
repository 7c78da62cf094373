/** Seconds since 1970 are smaller, milliseconds larger. */
const MAX_SECONDS = 1e11;

/** A time as a driver gives it, in epoch milliseconds: a date, text, seconds or milliseconds. Undefined for what is none. */
export function readTime(value: unknown): number | undefined {
  if (value instanceof Date) return finite(value.getTime());
  if (typeof value === 'bigint') return readTime(Number(value));
  if (typeof value === 'number') return finite(value < MAX_SECONDS ? value * 1000 : value);
  if (typeof value !== 'string' || value === '') return undefined;
  return /^\d+$/.test(value) ? readTime(Number(value)) : finite(Date.parse(value));
}

/** The same time in the form that a column had: `like` is what was read from it. */
export function writeTime(ms: number, like: unknown, fallback: 'date' | 'text'): Date | string | number {
  const isNumber = typeof like === 'number' || typeof like === 'bigint';
  if (isNumber) return Number(like) < MAX_SECONDS ? Math.floor(ms / 1000) : ms;
  const date = new Date(ms);
  const isText = typeof like === 'string' || (!(like instanceof Date) && fallback === 'text');
  return isText ? date.toISOString() : date;
}

function finite(value: number): number | undefined {
  return Number.isFinite(value) ? value : undefined;
}
