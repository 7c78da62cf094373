import { ConfigurationError } from '../errors/index.ts';
import { checkOptions, type OptionTypes } from '../options/option-types.ts';
import type { RecordStore } from './record-store.ts';

const MAX_BYTES = 512;

/** Throws {@link ConfigurationError} unless the key is well-formed text of 1 to 512 bytes in UTF-8. */
export function checkKey(key: string): void {
  checkName('record key', key);
}

/** Throws {@link ConfigurationError} unless it is well-formed text of 1 to 512 bytes in UTF-8. `what` says what it names. */
export function checkName(what: string, name: string): void {
  if (typeof name !== 'string') throw new ConfigurationError(`The ${what} is not a string.`);
  if (name === '') throw new ConfigurationError(`The ${what} is empty.`);
  if (name.length * 3 > MAX_BYTES && new TextEncoder().encode(name).length > MAX_BYTES)
    throw new ConfigurationError(`The ${what} is longer than ${MAX_BYTES} bytes: an id in it is too long.`);
  if (!name.isWellFormed())
    throw new ConfigurationError(`The ${what} holds half of a surrogate pair, which no id in it may.`);
}

/** Throws {@link ConfigurationError} unless all of them are keys. */
export function checkKeys(keys: readonly string[]): void {
  if (!Array.isArray(keys)) throw new ConfigurationError('keys is not a list.');
  for (const key of keys) checkKey(key);
}

/** Throws {@link ConfigurationError} unless an argument is text. */
export function checkString(value: unknown, name: string): void {
  if (typeof value !== 'string') throw new ConfigurationError(`${name} is not a string.`);
}

/** Throws {@link ConfigurationError} unless `ttlMs` is absent or a finite number above 0. */
export function checkTtl(ttlMs: number | undefined): void {
  if (ttlMs === undefined || (Number.isFinite(ttlMs) && ttlMs > 0)) return;
  throw new ConfigurationError('ttlMs has to be a finite number of milliseconds above 0.');
}

type WriteOptions = NonNullable<Parameters<RecordStore['compareAndSet']>[3]>;
type ListOptions = NonNullable<Parameters<RecordStore['list']>[1]>;

const WRITE_OPTIONS: OptionTypes<WriteOptions> = { ttlMs: 'number' };
const LIST_OPTIONS: OptionTypes<ListOptions> = { after: 'string', limit: 'number' };

/** The TTL of a write, if it has one. Throws {@link ConfigurationError} for one that can't be, and for an option that doesn't exist. */
export function checkedTtl(options: WriteOptions | undefined): number | undefined {
  checkOptions(options, WRITE_OPTIONS);
  const ttlMs = options?.ttlMs ?? undefined;
  checkTtl(ttlMs);
  return ttlMs;
}

/** Where a list starts and ends. Throws {@link ConfigurationError} like {@link checkedTtl}. */
export function checkedListOptions(options: ListOptions | undefined): ListOptions {
  checkOptions(options, LIST_OPTIONS);
  const after = options?.after ?? undefined;
  const limit = options?.limit ?? undefined;
  checkListLimit(limit);
  return { ...(after !== undefined && { after }), ...(limit !== undefined && { limit }) };
}

/** Throws {@link ConfigurationError} unless `limit` is absent or a whole number above 0. */
export function checkListLimit(limit: number | undefined): void {
  if (limit === undefined || (Number.isSafeInteger(limit) && limit > 0)) return;
  throw new ConfigurationError('limit has to be a whole number above 0.');
}
