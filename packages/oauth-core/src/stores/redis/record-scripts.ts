import { StoreError } from '../../errors/index.ts';
import { mappedTypes } from '../../redis/mapped-types.ts';
import { SCAN_COUNT } from '../../redis/redis-commands.ts';
import { RedisScript } from '../../redis/redis-script.ts';
import type { StoredRecord } from '../record-store.ts';

/** Versions are UUIDs. */
export const VERSION_LENGTH = 36;

const RECORD = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;

/** Random, not counted: a counter would begin anew when a record is deleted. */
export function newVersion(): string {
  return crypto.randomUUID();
}

/** Whether the script did it. */
export function isDone(answer: unknown): boolean {
  if (answer !== 1 && answer !== 0) throw mappedTypes();
  return answer === 1;
}

/** A record is one string: its version, then its value. */
export function decodeRecord(text: unknown): StoredRecord {
  if (typeof text !== 'string') throw mappedTypes();
  if (!RECORD.test(text))
    throw new StoreError('corrupt', 'A Redis key holds something that the SDK did not write.');
  return { version: text.slice(0, VERSION_LENGTH), value: text.slice(VERSION_LENGTH) };
}

/** Stands for "no record": never a version. */
export const EXPECTS_NOTHING = '-';

/** Stands for any record, or none, which a deletion can expect. */
export const EXPECTS_ANYTHING = '*';

/** The longest that a record lasts: some 3,000 years, which Redis' clock can still add to itself. */
const MAX_TTL_MS = 1e14;

/** Redis counts in whole milliseconds; empty for a record that lasts. */
export function wholeMilliseconds(ttlMs: number | undefined): string {
  return ttlMs === undefined ? '' : String(Math.min(Math.ceil(ttlMs), MAX_TTL_MS));
}

const NOW = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** Has an index that had a lasting record end with its last one, if none of them lasts any more. */
const END_INDEX = `
local last = redis.call('ZREVRANGE', KEYS[2], 0, 0, 'WITHSCORES')[2]
if last and last ~= 'inf' then redis.call('PEXPIREAT', KEYS[2], string.format('%.0f', tonumber(last))) end`;

/**
 * Enters a record into its index, by when it ends. A new one has the index forget what has ended. An index of records that all end
 * does so itself, later than they do. ARGV[4]: the TTL, or nothing.
 */
const ENTER = `
if KEYS[2] then
  if ARGV[4] == '' then
    redis.call('ZADD', KEYS[2], '+inf', KEYS[1])
    redis.call('PERSIST', KEYS[2])
  else
    ${NOW}
    local ttl = tonumber(ARGV[4])
    local left = redis.call('PTTL', KEYS[2])
    local isNew = redis.call('ZADD', KEYS[2], string.format('%.0f', now + ttl), KEYS[1])
    if isNew == 1 then redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now) end
    if left == -1 then
      ${END_INDEX}
    elseif left < ttl then
      redis.call('PEXPIRE', KEYS[2], string.format('%.0f', 2 * ttl))
    end
  end
end`;

const LEAVE = `
if KEYS[2] and redis.call('ZREM', KEYS[2], KEYS[1]) == 1 and redis.call('PTTL', KEYS[2]) == -1 then
  ${END_INDEX}
end`;

/**
 * The text of {@link compareAndSetScript}. KEYS: the record, and its index if it has one. ARGV: expected version, then new version,
 * value and TTL, or nothing for a deletion. Gives 1 if it did so. A library may send a command again whose answer was lost: the script
 * recognizes its own write by the version.
 */
export const COMPARE_AND_SET: string = `
if ARGV[2] or ARGV[1] ~= '${EXPECTS_ANYTHING}' then
  local current = redis.call('GETRANGE', KEYS[1], 0, ${VERSION_LENGTH - 1})
  if ARGV[2] and current == ARGV[2] then return 1 end
  if current == '' then current = '${EXPECTS_NOTHING}' end
  if current ~= ARGV[1] then return 0 end
end
if not ARGV[2] then
  ${LEAVE}
  return redis.call('DEL', KEYS[1])
elseif ARGV[4] == '' then
  redis.call('SET', KEYS[1], ARGV[2] .. ARGV[3])
else
  redis.call('SET', KEYS[1], ARGV[2] .. ARGV[3], 'PX', ARGV[4])
end
${ENTER}
return 1`;

export const compareAndSetScript: RedisScript = new RedisScript(COMPARE_AND_SET);

/** Where a list begins, and what says that it is at its end. */
export const FIRST_PAGE = '0';

/**
 * KEYS: an index. ARGV: the page. Gives the next page, and the names of records on this one; some may come twice. Redis serves no
 * other client meanwhile, so a page is about as long as one of SCAN. A script is sent to the primary, not to a replica that lags behind.
 */
export const listScript: RedisScript = new RedisScript(`
${NOW}
local page = redis.call('ZSCAN', KEYS[1], ARGV[1], 'COUNT', ${SCAN_COUNT})
local found = { page[1] }
for at = 1, #page[2], 2 do
  local ends = tonumber(page[2][at + 1])
  if not ends or ends > now then found[#found + 1] = page[2][at] end
end
return found`);
