import { ConfigurationError } from '../../errors/index.ts';
import { checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { redisCommands } from '../../redis/detect-library.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import { checkTimeout } from '../../timing/timeouts.ts';
import { type RateLimiterOptions, rateLimiterPerKey } from '../limiter-map.ts';
import type { RateLimiter } from '../rate-limiter.ts';
import { FallbackLimiter } from './fallback-limiter.ts';
import { RedisKeyQueue } from './redis-key-queue.ts';
import { RedisLink } from './redis-link.ts';
import { redisSlots } from './redis-slots.ts';
import { SharedLog } from './shared-log.ts';

export type { IoRedisClient, NodeRedisClient, NodeRedisScan, RedisClient } from '../../redis/redis-client.ts';
export type { RateLimiterOptions } from '../limiter-map.ts';

/** How a {@link redisRateLimiter} names its keys, and what it does without Redis. */
export interface RedisRateLimiterOptions extends RateLimiterOptions {
  /** In front of every key. Default: `context-sdk:limiter:`. Limiters with different prefixes share nothing. */
  prefix?: string | undefined;
  /** Milliseconds after which Redis is taken to be away if it does not answer. Default: 1,000. */
  timeoutMs?: number | undefined;
  /**
   * What calls do while Redis is away. `fail` (the default): they reject with {@link StoreError} `unavailable`, so that
   * no limit is ever exceeded. `local`: they go on with a share of every limit, see `share`.
   */
  whenAway?: 'fail' | 'local' | undefined;
  /**
   * For `local`, the part of every limit that this process may use alone: 1 divided by the number of processes. A limit
   * of which that is less than a call costs fails the call. While some processes reach Redis and others do not, and for
   * one interval after it went away, the service may see more than the limit, at most twice as much.
   */
  share?: number | undefined;
}

const OPTIONS: OptionTypes<RedisRateLimiterOptions> = {
  prefix: 'string',
  timeoutMs: 'number',
  whenAway: 'string',
  share: 'number',
  limits: 'list',
};

/**
 * Limits for any number of processes and machines, by Redis 6.2 or newer: in ANY window of a limit's interval, no more
 * than its units arrive at the service. It is a sliding log on Redis' clock; clocks of processes play no part. A permit
 * counts from its answer on, as with `memoryRateLimiter`; until Redis is told, which is when somebody may gain from it,
 * from 10 % of the shortest interval after its grant (a second at least). It is used in the first half of that time,
 * counted from when it was asked for, or given back, so that a process that was busy or stopped sends nothing late; a
 * request that takes longer than the second half to arrive may count too early. What a killed process was granted is
 * free again after that time and the interval.
 *
 * Queues are first come, first served per key in a process; processes that wait take turns. Calls of one turn of the
 * event loop, and those that queue, ask together; so do several keys, unless Redis is a cluster. A key takes two Redis
 * keys of one slot, of at most some 100 bytes per unit of its largest limit, which expire. Redis should keep them
 * (`maxmemory-policy noeviction`); if it loses them, the first process that notices holds the key back for the longest
 * interval.
 *
 * Calls that are limited by `concurrency` take a slot in a third key, and free it when they end; processes ask for slots
 * every 50 to 100 ms while there is none. The slots of a killed process are free after a minute. Without Redis, `local`
 * gives each process all slots.
 *
 * The client is the host's: made, connected and closed by it. `run` rejects as that of `memoryRateLimiter` does, and
 * with {@link StoreError} `unavailable` while Redis is away, unless `whenAway` says otherwise. `pause` holds back all
 * processes; it never rejects for Redis, but tells it as soon as it is back.
 *
 * @throws {ConfigurationError} if an option is out of range, the prefix holds `{` or `}`, or the client of `ioredis` has
 *   a `keyPrefix`.
 */
export function redisRateLimiter(client: RedisClient, options?: RedisRateLimiterOptions): RateLimiter {
  checkOptions(options, OPTIONS);
  const { prefix = 'context-sdk:limiter:', timeoutMs = 1000, whenAway = 'fail', share } = options ?? {};
  if (/[{}]/.test(prefix))
    throw new ConfigurationError('prefix has to be text without braces, which mark the key behind it.');
  checkTimeout(timeoutMs);
  if (whenAway !== 'fail' && whenAway !== 'local')
    throw new ConfigurationError("whenAway must be 'fail' or 'local'.");
  if (whenAway === 'local' && !(share !== undefined && share > 0 && share <= 1))
    throw new ConfigurationError("whenAway 'local' needs a share above 0, and 1 at most.");
  if (whenAway !== 'local' && share !== undefined)
    throw new ConfigurationError("share needs whenAway 'local'.");
  const commands = redisCommands(client);
  const link = new RedisLink(commands, prefix, timeoutMs);
  const by = crypto.randomUUID().slice(0, 13);
  return rateLimiterPerKey(
    (key) => {
      const local = share === undefined ? undefined : new FallbackLimiter(share);
      return new RedisKeyQueue(new SharedLog(link, key, by, local), local);
    },
    { limits: options?.limits },
    redisSlots(commands, { prefix, timeoutMs, mayDoWithout: whenAway === 'local' }),
  );
}
