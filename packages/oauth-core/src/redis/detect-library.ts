import { ConfigurationError } from '../errors/index.ts';
import { ioRedisCommands } from './ioredis-commands.ts';
import { nodeRedisCommands } from './node-redis-commands.ts';
import type { RedisClient } from './redis-client.ts';
import type { RedisCommands } from './redis-commands.ts';

/** The commands of either library; {@link ConfigurationError} for anything else: `redis` writes evalSha where `ioredis` writes evalsha. */
export function redisCommands(client: RedisClient): RedisCommands {
  if (typeof client === 'object' && client !== null) {
    if ('evalSha' in client) return nodeRedisCommands(client);
    if ('evalsha' in client) return ioRedisCommands(client);
  }
  throw new ConfigurationError('The client has to be one of ioredis or of redis.');
}
