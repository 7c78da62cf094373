import { StoreError } from '../../errors/index.ts';
import { mappedTypes } from '../../redis/mapped-types.ts';
import type { RedisCommands } from '../../redis/redis-commands.ts';
import { redisFailureCode, RedisScript } from '../../redis/redis-script.ts';
import { backgroundDelay, delay } from '../../timing/delay.ts';
import { withTimeout } from '../../timing/timeouts.ts';
import { rateLimitError } from '../rate-limits.ts';
import type { SharedSlots } from '../slots.ts';

/** A slot of a process that was killed is free again after so many milliseconds. A living one renews its slots. */
const TTL_MS = 60_000;
const RENEW_MS = 20_000;
/** Between two tries for a slot, in milliseconds, with as much again at random. */
const POLL_MS = 50;
/** Until a slot that could not be freed is tried again, twice as long each time. */
const FIRST_RETRY_MS = 250;

/**
 * KEYS: a sorted set of slots by the time at which each ends. ARGV: name, number of slots, milliseconds. Answers whether it is taken.
 * What ends later than that was taken while the clock was ahead.
 */
const takeScript: RedisScript = new RedisScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
for _, name in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '(' .. now + ARGV[3], '+inf')) do
  redis.call('ZADD', KEYS[1], now + ARGV[3], name)
end
local isMine = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not isMine and redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then return 0 end
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[3])
return 1`);

const freeScript: RedisScript = new RedisScript(`return redis.call('ZREM', KEYS[1], ARGV[1])`);

/** How {@link redisSlots} reaches Redis. */
export interface RedisSlotsOptions {
  prefix: string;
  timeoutMs: number;
  /** Without Redis, calls go on in this process's own slots. */
  mayDoWithout: boolean;
}

/** Slots on Redis' clock, shared by all processes. */
export function redisSlots(
  commands: RedisCommands,
  { prefix, timeoutMs, mayDoWithout }: RedisSlotsOptions,
): SharedSlots {
  const ask = async (script: RedisScript, key: string, args: string[]): Promise<boolean> => {
    const name = `${prefix}{${key.replaceAll(/[%{}]/g, encodeURIComponent)}}:slots`;
    const answer = await withTimeout(timeoutMs, commands.run(script, [name], args));
    if (answer !== 1 && answer !== 0) throw mappedTypes();
    return answer === 1;
  };
  const free = async (key: string, name: string): Promise<void> => {
    for (let pauseMs = FIRST_RETRY_MS; pauseMs < TTL_MS; pauseMs *= 2) {
      const isDone = await ask(freeScript, key, [name]).then(
        () => true,
        () => false,
      );
      if (isDone) return;
      await backgroundDelay(pauseMs);
    }
  };
  return {
    async take(key, concurrency, { deadline, signal }) {
      const name = crypto.randomUUID();
      const args = [name, String(concurrency), String(TTL_MS)];
      try {
        while (!(await ask(takeScript, key, args))) {
          if (performance.now() + POLL_MS > deadline) throw rateLimitError(POLL_MS);
          await delay(POLL_MS * (1 + Math.random()), signal);
        }
      } catch (failure) {
        if (!(failure instanceof Error) || !isOfRedis(failure, signal)) throw failure;
        // It may be taken: the answer is missing.
        void free(key, name);
        if (failure instanceof StoreError) throw failure;
        if (mayDoWithout) return () => undefined;
        const problem = redisFailureCode(failure);
        throw new StoreError('unavailable', `The rate limiter's Redis failed (${problem}).`);
      }
      const renewal = setInterval(() => void ask(takeScript, key, args).catch(() => undefined), RENEW_MS);
      return () => {
        clearInterval(renewal);
        void free(key, name);
      };
    },
  };
}

function isOfRedis(failure: Error, signal: AbortSignal | undefined): boolean {
  return failure !== signal?.reason && failure.name !== 'RateLimitError';
}
