import { StoreError } from '../../errors/index.ts';
import { RedisScript } from '../../redis/redis-script.ts';
import type { StoredRecord } from '../record-store.ts';

/** Versions are UUIDs. */
export const VERSION_LENGTH = 36;

const RECORD = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;

/** Random, not counted: a counter would begin anew when a record is deleted. */
export function newVersion(): string {
  return crypto.randomUUID();
}

/** A record is one string: its version, then its value. */
export function decodeRecord(text: string): StoredRecord {
  if (!RECORD.test(text))
    throw new StoreError('corrupt', 'A Redis key holds something that the SDK did not write.');
  return { version: text.slice(0, VERSION_LENGTH), value: text.slice(VERSION_LENGTH) };
}

/** Stands for "no record": never a version. */
export const EXPECTS_NOTHING = '-';

/** The longest that a record lasts: some 3,000 years, which Redis' clock can still add to itself. */
const MAX_TTL_MS = 1e14;

/** Redis counts in whole milliseconds; empty for a record that lasts. */
export function wholeMilliseconds(ttlMs: number | undefined): string {
  return ttlMs === undefined ? '' : String(Math.min(Math.ceil(ttlMs), MAX_TTL_MS));
}

/**
 * ARGV: expected version, then new version, value and TTL, or nothing for a deletion. A library may send a command again
 * whose answer was lost: the script recognizes its own write by the version.
 */
export const compareAndSetScript: RedisScript = new RedisScript(`
local current = redis.call('GETRANGE', KEYS[1], 0, ${VERSION_LENGTH - 1})
if ARGV[2] and current == ARGV[2] then return 1 end
if current == '' then current = '${EXPECTS_NOTHING}' end
if current ~= ARGV[1] then return 0 end
if not ARGV[2] then
  return redis.call('DEL', KEYS[1])
elseif ARGV[4] == '' then
  redis.call('SET', KEYS[1], ARGV[2] .. ARGV[3])
else
  redis.call('SET', KEYS[1], ARGV[2] .. ARGV[3], 'PX', ARGV[4])
end
return 1`);
