import { ConfigurationError } from '../../errors/index.ts';
import { checkObject, checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { timedCommands } from '../../redis/redis-commands.ts';
import { checkTimeout } from '../../timing/timeouts.ts';
import { isLoopback } from '../../urls/safe-url.ts';
import type { RecordStore } from '../record-store.ts';
import { checkPrefix, RedisStore } from '../redis/redis-records.ts';
import { upstashCommands } from './upstash-commands.ts';

/** An {@link upstashStore}'s database, and how it names its keys. */
export interface UpstashStoreOptions {
  /** `UPSTASH_REDIS_REST_URL` of the console. */
  url: string;
  /** `UPSTASH_REDIS_REST_TOKEN`, the one that may write. */
  token: string;
  /** In front of every key. Default: `context-sdk:`. */
  prefix?: string | undefined;
  /** Milliseconds after which Upstash is taken to be away if it does not answer. Default: 5,000. */
  timeoutMs?: number | undefined;
  /** Default: the global one. */
  fetch?: typeof fetch | undefined;
}

const OPTIONS: OptionTypes<UpstashStoreOptions> = {
  url: 'string',
  token: 'string',
  prefix: 'string',
  timeoutMs: 'number',
  fetch: 'function',
};

/**
 * Records in Upstash Redis over its REST, for runtimes without TCP: the same records and scripts as `redisStore`, so that
 * both may work on one database. Reads, too, are scripts, which Upstash sends to the primary region: one that reads
 * from a replica would refresh with a token that is used up.
 *
 * Turn eviction off, since what is lost are rotated refresh tokens. Values are not encrypted.
 *
 * Methods reject with {@link StoreError} `unavailable`, naming the error's code, or `corrupt`.
 *
 * @throws {ConfigurationError} if an option is missing or out of range, or the URL is not HTTPS.
 */
export function upstashStore(options: UpstashStoreOptions): RecordStore {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  const { url, token, prefix = 'context-sdk:', timeoutMs = 5000, fetch } = options;
  checkPrefix(prefix);
  checkTimeout(timeoutMs);
  if (typeof token !== 'string' || token.trim() === '')
    throw new ConfigurationError('token is missing: UPSTASH_REDIS_REST_TOKEN of the console.');
  const commands = upstashCommands({
    url: checkedUrl(url),
    token,
    timeoutMs,
    fetch: fetch ?? ((...request) => globalThis.fetch(...request)),
  });
  return new RedisStore(timedCommands(commands, timeoutMs), prefix);
}

function checkedUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && !isLoopback(url)))
    throw new ConfigurationError('url must be UPSTASH_REDIS_REST_URL of the console: https://….upstash.io.');
  return url;
}
