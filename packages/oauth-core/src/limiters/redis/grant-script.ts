import { RedisScript } from '../../redis/redis-script.ts';

/**
 * Asks of one process, each for one key, by Redis' clock, in whole milliseconds. KEYS: log and state of each. ARGV: what
 * `writeRequests` writes. Answers each as `readResponse` reads it; what a key holds that is none of these fails its own ask. A replica's
 * READONLY fails all: `reconnectOnError` of ioredis looks for the primary only if the response is an error.
 *
 * The log is a sorted set of grants, `units:process:number`, and of requests that went without Redis, by the time at which the last of their requests has
 * arrived, at the latest. The state is in MessagePack. Of it, `used` are the units of the log that count in each span, as of
 * `seen`; nothing in the log is from before `oldest`; `turns` are the processes that wait: units wanted, cost of the
 * first call, waiting since, and due back at.
 */
export const grantScript: RedisScript = new RedisScript(`
local clock = redis.call('TIME')

local function unitsOf(member) return tonumber(member:match('^%d+')) end
local function sum(log, from, to)
  local units = 0
  for _, member in ipairs(redis.call('ZRANGEBYSCORE', log, from, to)) do units = units + unitsOf(member) end
  return units
end

local function waitFor(log, now, rate, used, more)
  local limit, span = rate[1], rate[2]
  local excess, skipped, size = used[span] + math.min(more, limit) - limit, 0, 32
  while excess > 0 do
    local page =
      redis.call('ZRANGEBYSCORE', log, '(' .. now - span, '+inf', 'WITHSCORES', 'LIMIT', skipped, size)
    if #page == 0 then return span end
    for i = 1, #page, 2 do
      excess = excess - unitsOf(page[i])
      if excess <= 0 then return page[i + 1] + span - now end
    end
    skipped, size = skipped + size, size * 2
  end
  return 0
end

local function answer(log, state, ask)
  local by, lateMs, pauseMs, seenEpoch, seenNumber, waits, limits, costs, settled, spent = unpack(ask)
  local now = clock[1] * 1000 + math.floor(clock[2] / 1000)

  local epoch, number, seen, expires, paused, oldest, used, turns
  local packed = redis.call('GET', state)
  if packed then
    epoch, number, seen, expires, paused, oldest, used, turns = cmsgpack.unpack(packed)
  else
    used = {}
  end
  local longest = 0
  for span in pairs(used) do longest = math.max(longest, span) end
  -- Whether grants are gone that count, nobody knows how many: of a log that is older than what the asker has seen of
  -- it, or of one of the two keys, where Redis evicts.
  local lost = false
  if packed then
    lost = seen > now + 1000 or epoch == seenEpoch and number < seenNumber
      or longest > 0 and used[longest] > 0 and now < seen + longest and redis.call('EXISTS', log) == 0
  end
  for _, rate in ipairs(limits) do longest = math.max(longest, rate[2]) end
  if not packed then
    local last = redis.call('ZRANGE', log, -1, -1, 'WITHSCORES')[2]
    lost = last and tonumber(last) > now - longest
  end
  if lost or not packed then
    redis.call('DEL', log)
    paused = packed and paused > seen and now + paused - seen or 0
    -- In microseconds: a log that is lost and made anew within a millisecond is another one. Numbers go on from there,
    -- so that no two epochs have the same.
    epoch = clock[1] * 1000000 + clock[2]
    number, seen, expires, oldest, used, turns = epoch, now, 0, now, {}, {}
  end
  now = math.max(now, seen)

  for span, units in pairs(used) do
    if units > 0 and oldest <= now - span then used[span] = units - sum(log, '(' .. seen - span, now - span) end
  end
  -- Only now: what goes here may have to be subtracted from shorter spans, too.
  if longest > 0 and oldest <= now - longest then
    redis.call('ZREMRANGEBYSCORE', log, '-inf', now - longest)
    oldest = tonumber(redis.call('ZRANGE', log, 0, 0, 'WITHSCORES')[2] or now)
  end
  for _, rate in ipairs(limits) do
    local span = rate[2]
    if not used[span] then used[span] = number == epoch and 0 or sum(log, '(' .. now - span, '+inf') end
  end

  if lost or seenEpoch ~= 0 and seenEpoch ~= epoch then
    paused = math.max(paused, math.ceil(epoch / 1000) + lateMs + longest)
  end
  if pauseMs > 0 then paused = math.max(paused, now + pauseMs) end

  local function count(units, arrived)
    for span in pairs(used) do
      if arrived > now - span then used[span] = used[span] + units end
    end
  end
  local function note(units, arrived, name)
    if longest == 0 or arrived <= now - longest then return end
    if used[longest] == 0 then expires, oldest = 0, arrived end
    oldest = math.min(oldest, arrived)
    redis.call('ZADD', log, arrived, units .. ':' .. name)
    count(units, arrived)
  end
  for _, settlement in ipairs(settled) do
    local member, units, arrived = settlement[1], settlement[2], settlement[3]
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
  for _, request in ipairs(spent) do
    local units, name = request[1], by .. ':' .. request[3]
    -- It may have been told already, by an ask whose answer came too late.
    if not redis.call('ZSCORE', log, units .. ':' .. name) then note(units, now + 1 - request[2], name) end
  end

  local free, head = math.huge, costs[1] and costs[1][2] or 0
  for _, rate in ipairs(limits) do free = math.min(free, rate[1] - used[rate[2]]) end
  free = math.max(free, 0)
  if now < paused then free = 0 end

  -- Whoever waits longest goes first, and something is left to those who are due back about now.
  local mine, patience = turns[by], math.ceil(lateMs / 50)
  local since, processes, expected, earliest = mine and mine.since or now, 1, {}, math.huge
  local ahead = 0
  for name, turn in pairs(turns) do
    if name ~= by then
      if turn.due + patience >= now then
        ahead = ahead + math.min(turn.units, math.max(1, turn.head))
        -- What costs more than one unit would never find them free at once.
        if turn.due <= now + patience or turn.head > 1 and turn.since < since then
          expected[name] = turn
          processes = processes + 1
          earliest = math.min(earliest, turn.due + patience)
        end
      elseif turn.due + longest < now then
        turns[name] = nil
      end
    end
  end
  local share = math.max(1, math.floor(free / processes))
  local before, after = 0, 0
  for name, turn in pairs(expected) do
    local part = math.min(turn.units, math.max(share, turn.head))
    if turn.since < since or turn.since == since and name < by then
      before = before + part
    else
      after = after + math.min(turn.units, share)
    end
  end
  local allowed = math.max(math.min(free - before, math.max(share, head)), free - before - after)

  local calls, units, wanted, first = 0, 0, 0, 0
  for _, run in ipairs(costs) do
    wanted = wanted + run[1] * run[2]
    if first == 0 then
      local started = math.max(0, math.min(run[1], math.floor((allowed - units) / run[2])))
      calls, units = calls + started, units + started * run[2]
      if started < run[1] then first = run[2] end
    end
  end
  if units > 0 then
    number = number + 1
    note(units, now + 1 + lateMs, by .. ':' .. string.format('%.0f', number))
  end

  local wait = 0
  if first > 0 then
    if free - units >= first then
      wait = earliest + 1 - now
    else
      for _, rate in ipairs(limits) do wait = math.max(wait, waitFor(log, now, rate, used, first + ahead)) end
    end
    wait = math.max(1, wait, paused - now)
  end

  if first > 0 and waits then
    turns[by] = { units = wanted - units, head = first, since = units > 0 and now or since, due = now + wait }
  elseif wanted > 0 or not waits then
    turns[by] = nil
  end
  local keep = longest + lateMs + 1000 + math.max(0, paused - now)
  local renew = expires < now + keep
  if renew then
    expires = now + 2 * keep
    for span, counted in pairs(used) do
      if counted == 0 then used[span] = nil end
    end
  end
  local written = cmsgpack.pack(epoch, number, now, expires, paused, oldest, used, turns)
  if renew then
    redis.call('SET', state, written, 'PX', 2 * keep)
    redis.call('PEXPIRE', log, 2 * keep)
  else
    redis.call('SET', state, written, 'KEEPTTL')
  end
  local tight = next(turns) and 1 or 0
  for _, rate in ipairs(limits) do
    if (used[rate[2]] or 0) * 2 > rate[1] then tight = 1 end
  end
  return { now, epoch, number, calls, units, wait, tight }
end

local answers = {}
for index, ask in ipairs(cjson.decode(ARGV[1])) do
  local isDone, result = pcall(answer, KEYS[2 * index - 1], KEYS[2 * index], ask)
  if not isDone then
    result = type(result) == 'table' and result.err or tostring(result)
    local refusal = string.match(result, 'READONLY.*')
    if refusal then return { err = refusal } end
  end
  answers[index] = result
end
return answers`);
