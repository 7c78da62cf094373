import { StoreError } from '../../errors/index.ts';
import type { RedisCommands } from '../../redis/redis-commands.ts';
import { redisFailureCode, RedisScript } from '../../redis/redis-script.ts';
import { delay } from '../../timing/delay.ts';
import { withTimeout } from '../../timing/timeouts.ts';
import { rateLimitError } from '../rate-limits.ts';
import type { SharedSlots } from '../slots.ts';

/** A slot of a process that was killed is free again after so many milliseconds. A living one renews its slots. */
const TTL_MS = 60_000;
const RENEW_MS = 20_000;
/** Between two tries for a slot, in milliseconds, with as much again at random. */
const POLL_MS = 50;

/** KEYS: a sorted set of slots by the time at which each ends. ARGV: name, number of slots, milliseconds. Answers whether it is taken. */
const takeScript: RedisScript = new RedisScript(`
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
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
  const ask = (script: RedisScript, key: string, args: string[]): Promise<unknown> =>
    withTimeout(
      timeoutMs,
      commands.run(script, [`${prefix}{${key.replaceAll(/[%{}]/g, encodeURIComponent)}}:slots`], args),
    );
  return {
    async take(key, concurrency, { deadline, signal }) {
      const name = crypto.randomUUID();
      const args = [name, String(concurrency), String(TTL_MS)];
      try {
        while ((await ask(takeScript, key, args)) !== 1) {
          if (performance.now() + POLL_MS > deadline) throw rateLimitError(POLL_MS);
          await delay(POLL_MS * (1 + Math.random()), signal);
        }
      } catch (failure) {
        if (!(failure instanceof Error) || !isOfRedis(failure, signal)) throw failure;
        if (mayDoWithout) return () => undefined;
        const problem = redisFailureCode(failure);
        throw new StoreError('unavailable', `The rate limiter's Redis failed (${problem}).`);
      }
      const renewal = setInterval(() => void ask(takeScript, key, args).catch(() => undefined), RENEW_MS);
      return () => {
        clearInterval(renewal);
        void ask(freeScript, key, [name]).catch(() => undefined);
      };
    },
  };
}

function isOfRedis(failure: Error, signal: AbortSignal | undefined): boolean {
  return failure !== signal?.reason && failure.name !== 'RateLimitError';
}
