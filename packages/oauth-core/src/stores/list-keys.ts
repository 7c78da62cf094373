import { checkedListOptions, checkString } from './check-arguments.ts';

/** Orders keys by code point, which is the order of their UTF-8 bytes and so that of most databases. */
export function compareKeys(left: string, right: string): number {
  const shared = Math.min(left.length, right.length);
  for (let index = 0; index < shared; index++) {
    const difference = rank(left.charCodeAt(index)) - rank(right.charCodeAt(index));
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** Surrogates stand for code points above U+FFFF, yet their code units lie below U+E000. */
function rank(codeUnit: number): number {
  if (codeUnit < 0xd800) return codeUnit;
  return codeUnit < 0xe000 ? codeUnit + 0x2000 : codeUnit - 0x800;
}

/**
 * What {@link RecordStore.list} answers, for a store that has all its keys at hand. Throws {@link ConfigurationError} for
 * a limit that is no whole number above 0.
 */
export function listKeys(
  keys: Iterable<string>,
  prefix: string,
  options?: { after?: string; limit?: number },
): string[] {
  checkString(prefix, 'prefix');
  const { after, limit } = checkedListOptions(options);
  const found: string[] = [];
  for (const key of keys)
    if (key.startsWith(prefix) && (after === undefined || compareKeys(key, after) > 0)) found.push(key);
  return found.toSorted(compareKeys).slice(0, limit);
}
