import { RedisScript } from '../../redis/redis-script.ts';

const NOW = `local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)`;

/** KEYS: the set of each job. ARGV: delay, claim and what is kept in milliseconds (or nothing), then the jobs. */
export const planScript: RedisScript = new RedisScript(`
${NOW}
local due = now + ARGV[1]
local claim = tonumber(ARGV[2])
local keep = tonumber(ARGV[3])
for index = 1, #KEYS do
  local job = ARGV[3 + index]
  local current = tonumber(redis.call('ZSCORE', KEYS[index], job) or nil)
  local kept = keep and current and current <= now + keep
  local over = claim and current ~= claim
  if not kept and not over then redis.call('ZADD', KEYS[index], string.format('%.0f', due), job) end
end
return 1`);

/** KEYS: the job's set. ARGV: the job and its claim, or nothing. */
export const cancelScript: RedisScript = new RedisScript(`
local current = tonumber(redis.call('ZSCORE', KEYS[1], ARGV[1]) or nil)
if ARGV[2] == '' or current == tonumber(ARGV[2]) then redis.call('ZREM', KEYS[1], ARGV[1]) end
return 1`);

/**
 * KEYS: the sets to look into. ARGV: limit and lease in milliseconds. Gives until when the jobs are claimed, then each job and
 * when it was due. A set gives at most twice its share, so that a claim reads little more than it takes.
 */
export const claimScript: RedisScript = new RedisScript(`
${NOW}
local limit = tonumber(ARGV[1])
local share = math.ceil(2 * limit / #KEYS)
local due = {}
for index = 1, #KEYS do
  local found = redis.call('ZRANGEBYSCORE', KEYS[index], '-inf', now, 'WITHSCORES', 'LIMIT', 0, share)
  for at = 1, #found, 2 do due[#due + 1] = { KEYS[index], found[at], tonumber(found[at + 1]) } end
end
table.sort(due, function(one, other)
  if one[3] ~= other[3] then return one[3] < other[3] end
  return one[2] < other[2]
end)
local till = string.format('%.0f', now + ARGV[2])
local claimed = { till }
for index = 1, math.min(limit, #due) do
  local set, job, since = unpack(due[index])
  redis.call('ZADD', set, till, job)
  claimed[#claimed + 1] = job
  claimed[#claimed + 1] = string.format('%.0f', since)
end
return claimed`);
