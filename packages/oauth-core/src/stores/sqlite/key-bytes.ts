/** Above every byte of UTF-8. */
const PAST_ALL = Uint8Array.of(0xff);

/** Keys are stored as bytes: SQLite's text functions stop at NUL. */
export function keyBytes(key: string): Uint8Array {
  return new TextEncoder().encode(key);
}

/** The first bytes behind all keys with this prefix. */
export function endOfPrefix(prefix: string): Uint8Array {
  const end = keyBytes(prefix);
  const last = end.at(-1);
  if (last === undefined) return PAST_ALL;
  end[end.length - 1] = last + 1;
  return end;
}

export function keyText(bytes: unknown): string[] {
  return bytes instanceof Uint8Array ? [new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)] : [];
}
