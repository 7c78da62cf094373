import { RedisScript } from '../../redis/redis-script.ts';
import { VERSION_LENGTH } from './record-text.ts';

/** What no version is. */
export const EXPECTS_NOTHING = '-';

/** The longest that a record lasts: some 3,000 years, which Redis' clock can still add to itself. */
const MAX_TTL_MS = 1e14;

/** Redis counts in whole milliseconds; empty for a record that lasts. */
export function wholeMilliseconds(ttlMs: number | undefined): string {
  return ttlMs === undefined ? '' : String(Math.min(Math.ceil(ttlMs), MAX_TTL_MS));
}

/**
 * ARGV: expected version, then new version, value and TTL, or nothing for a deletion. A library may send a command again
 * whose answer was lost: the script recognises its own write by the version.
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
