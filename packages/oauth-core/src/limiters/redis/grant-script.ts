import { RedisScript } from '../../redis/redis-script.ts';

/**
 * One ask of one process for one key, by Redis' clock, in whole milliseconds. KEYS: log, state. ARGV: an {@link Ask}
 * as JSON. Answers as `askRedis` reads it.
 *
 * The log is a sorted set of grants, `units:process:number`, by the time at which the last of their requests has
 * arrived, at the latest. The state is a hash: `used:…` are the units of the log that count in each span, as of `seen`;
 * `turn:…` are the processes that wait: units wanted, cost of the first call, waiting since, and due back at.
 */
export const grantScript: RedisScript = new RedisScript(`
local log, state = KEYS[1], KEYS[2]
local ask = cjson.decode(ARGV[1])
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

local known, used, turns, gone = {}, {}, {}, {}
local fields = redis.call('HGETALL', state)
for i = 1, #fields, 2 do
  local kind, name = fields[i]:match('^(%a+):(.+)$')
  if kind == 'used' then
    used[tonumber(name)] = tonumber(fields[i + 1])
  elseif kind == 'turn' then
    local units, head, since, due = fields[i + 1]:match('(%d+) (%d+) (%d+) (%d+)')
    turns[name] = { units = tonumber(units), head = tonumber(head), since = tonumber(since), due = tonumber(due) }
  else
    known[fields[i]] = tonumber(fields[i + 1])
  end
end

-- A log that is older than what the asker has seen of it has lost grants, and nobody knows how many.
local lost = known.epoch and (known.seen > now + 1000 or known.epoch == ask.epoch and known.number < ask.number)
if lost or not known.epoch then
  redis.call('DEL', log, state)
  -- In microseconds: a log that is lost and made anew within a millisecond is another one.
  known, used, turns = { epoch = clock[1] * 1000000 + clock[2], number = 0, seen = now, expires = 0 }, {}, {}
end
now = math.max(now, known.seen)

local longest = 0
for _, rate in ipairs(ask.limits) do
  if not used[rate[2]] then used[rate[2]] = false end
end
for span in pairs(used) do longest = math.max(longest, span) end
local paused = known.paused or 0
if lost or ask.epoch ~= 0 and ask.epoch ~= known.epoch then
  paused = math.max(paused, math.ceil(known.epoch / 1000) + ask.lateMs + longest)
end
if ask.pauseMs > 0 then paused = math.max(paused, now + ask.pauseMs) end

local function unitsOf(member) return tonumber(member:match('^%d+')) end
local function sum(from, to)
  local units = 0
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', log, from, to)) do units = units + unitsOf(member) end
  return units
end
for span, units in pairs(used) do
  if units then
    local expired = sum('(' .. known.seen - span, now - span)
    used[span] = units - expired
    if span == longest and expired > 0 then redis.call('ZREMRANGEBYSCORE', log, '-inf', now - span) end
  else
    used[span] = sum('(' .. now - span, '+inf')
  end
end

local function count(units, arrived)
  for span in pairs(used) do
    if arrived > now - span then used[span] = used[span] + units end
  end
end
local function note(units, arrived, name)
  if longest == 0 or arrived <= now - longest then return end
  if used[longest] == 0 then known.expires = 0 end
  redis.call('ZADD', log, arrived, units .. ':' .. name)
  count(units, arrived)
end
for _, settled in ipairs(ask.settled) do
  local member, units, arrived = settled[1], settled[2], settled[3]
  local latest = redis.call('ZSCORE', log, member)
  if latest then
    latest = tonumber(latest)
    local name, rest = member:match(':(.*)'), unitsOf(member) - units
    redis.call('ZREM', log, member)
    count(-rest - units, latest)
    if rest > 0 then note(rest, latest, name) end
    if arrived > 0 then note(units, math.min(arrived, latest), name .. '.' .. rest) end
  end
end
for _, spent in ipairs(ask.spent) do
  known.number = known.number + 1
  note(spent[1], now + 1 - spent[2], ask.by .. ':' .. known.number)
end

local free, head = math.huge, ask.costs[1] and ask.costs[1][2] or 0
for _, rate in ipairs(ask.limits) do free = math.min(free, rate[1] - used[rate[2]]) end
free = math.max(free, 0)
if now < paused then free = 0 end

-- Whoever waits longest goes first, and something is left to those who are due back about now.
local mine, patience = turns[ask.by], math.ceil(ask.lateMs / 50)
local since, processes, waiting, expected, earliest = mine and mine.since or now, 1, {}, {}, math.huge
for by, turn in pairs(turns) do
  if by ~= ask.by then
    if turn.due + patience >= now then
      waiting[by] = turn
      if turn.due <= now + patience then
        expected[by] = turn
        processes = processes + 1
        earliest = math.min(earliest, turn.due + patience)
      end
    elseif turn.due + longest < now then
      gone[#gone + 1] = 'turn:' .. by
    end
  end
end
local share = math.max(1, math.floor(free / processes))
local before, after = 0, 0
for by, turn in pairs(expected) do
  local part = math.min(turn.units, math.max(share, turn.head))
  if turn.since < since or turn.since == since and by < ask.by then
    before = before + part
  else
    after = after + math.min(turn.units, share)
  end
end
local allowed = math.max(math.min(free - before, math.max(share, head)), free - before - after)

local calls, units, wanted, first = 0, 0, 0, 0
for _, run in ipairs(ask.costs) do
  wanted = wanted + run[1] * run[2]
  if first == 0 then
    local started = math.max(0, math.min(run[1], math.floor((allowed - units) / run[2])))
    calls, units = calls + started, units + started * run[2]
    if started < run[1] then first = run[2] end
  end
end
if units > 0 then
  known.number = known.number + 1
  note(units, now + 1 + ask.lateMs, ask.by .. ':' .. known.number)
end

local function waitFor(limit, span, more)
  local excess, skipped = used[span] + math.min(more, limit) - limit, 0
  while excess > 0 do
    local page =
      redis.call('ZRANGEBYSCORE', log, '(' .. now - span, '+inf', 'WITHSCORES', 'LIMIT', skipped, 32)
    -- Redis evicted the log, but not the count.
    if #page == 0 then
      gone[#gone + 1] = 'used:' .. span
      used[span] = nil
      return span
    end
    for i = 1, #page, 2 do
      excess = excess - unitsOf(page[i])
      if excess <= 0 then return page[i + 1] + span - now end
    end
    skipped = skipped + 32
  end
  return 0
end
local wait = 0
if first > 0 then
  if free - units >= first then
    wait = earliest + 1 - now
  else
    local more = first
    for _, turn in pairs(waiting) do more = more + math.min(turn.units, math.max(1, turn.head)) end
    for _, rate in ipairs(ask.limits) do wait = math.max(wait, waitFor(rate[1], rate[2], more)) end
  end
  wait = math.max(1, wait, paused - now)
end

local keep = longest + ask.lateMs + 1000 + math.max(0, paused - now)
local renew = known.expires < now + keep
if renew then known.expires = now + 2 * keep end
local write = { 'epoch', known.epoch, 'number', known.number, 'seen', now, 'expires', known.expires }
local function put(name, value)
  write[#write + 1] = name
  write[#write + 1] = value
end
if paused > now then put('paused', paused) end
for span, counted in pairs(used) do put('used:' .. span, counted) end
if first > 0 and ask.waits then
  local turn = { wanted - units, first, units > 0 and now or since, now + wait }
  put('turn:' .. ask.by, table.concat(turn, ' '))
elseif mine then
  gone[#gone + 1] = 'turn:' .. ask.by
end
redis.call('HSET', state, unpack(write))
if #gone > 0 then redis.call('HDEL', state, unpack(gone)) end
if renew then
  redis.call('PEXPIRE', log, 2 * keep)
  redis.call('PEXPIRE', state, 2 * keep)
end
local tight = 0
for _, rate in ipairs(ask.limits) do
  if (used[rate[2]] or rate[1]) * 2 > rate[1] then tight = 1 end
end
return { now, known.epoch, known.number, calls, units, wait, tight }`);
