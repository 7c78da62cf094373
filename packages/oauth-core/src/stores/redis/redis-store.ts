import { checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { redisCommands } from '../../redis/detect-library.ts';
import type { RedisClient } from '../../redis/redis-client.ts';
import { timedCommands } from '../../redis/redis-commands.ts';
import { checkTimeout } from '../../timing/timeouts.ts';
import type { RecordStore } from '../record-store.ts';
import { markSound } from '../sound-store.ts';
import { checkPrefix, RedisStore } from './redis-records.ts';

export type { IoRedisClient, NodeRedisClient, NodeRedisScan, RedisClient } from '../../redis/redis-client.ts';

/** How a {@link redisStore} names its keys. */
export interface RedisStoreOptions {
  /** In front of every key. Default: `context-sdk:`. Stores with different prefixes share nothing. */
  prefix?: string | undefined;
  /**
   * Milliseconds after which Redis is taken to be away if it does not answer. Default: 5,000. The clients queue
   * commands for much longer while they are not connected.
   */
  timeoutMs?: number | undefined;
}

/** Few enough that Redis is never busy for long. */
const MAX_GATHERED = 32;

const OPTIONS: OptionTypes<RedisStoreOptions> = { prefix: 'string', timeoutMs: 'number' };

/**
 * Records in Redis, for any number of machines: one string for each, which holds version and value, written by one script, an
 * atomic compare-and-set. Of the key `kind/user/rest`, Redis' key is the prefix and `{kind/user}/rest`, so that records spread over
 * the slots of a Redis Cluster; the sorted set `{kind/user}:keys` has the keys under `kind/user/`, in the same slot. `list` and
 * `scan` read this set for a prefix that goes so far, and scan the whole database for a shorter one. TTLs follow Redis' clock; order
 * is by code point. The `schedule` is 64 sorted sets.
 *
 * What is read and written in one turn of the event loop is sent as one command, except large records and to a cluster.
 *
 * The client is the host's: made, connected and closed by it, with reads from masters. Redis has to keep what it was
 * given: `maxmemory-policy noeviction`, and `appendonly yes`, or else what is lost with it are rotated refresh tokens.
 * Values are not encrypted.
 *
 * Methods reject with {@link StoreError} `unavailable`, naming the error's code, or `corrupt`.
 *
 * @throws {ConfigurationError} if an option is out of range, the prefix holds `{` or `}`, or the client of `ioredis` has
 *   a `keyPrefix`.
 */
export function redisStore(client: RedisClient, options: RedisStoreOptions = {}): RecordStore {
  checkOptions(options, OPTIONS);
  const { prefix = 'context-sdk:', timeoutMs = 5000 } = options ?? {};
  checkPrefix(prefix);
  checkTimeout(timeoutMs);
  return markSound(new RedisStore(timedCommands(redisCommands(client), timeoutMs), prefix, MAX_GATHERED));
}
