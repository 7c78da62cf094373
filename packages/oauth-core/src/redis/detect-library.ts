import { ioRedisCommands } from './ioredis-commands.ts';
import { nodeRedisCommands } from './node-redis-commands.ts';
import type { RedisClient } from './redis-client.ts';
import type { RedisCommands } from './redis-commands.ts';

/** The commands of either library: `redis` writes evalSha where `ioredis` writes evalsha. */
export function redisCommands(client: RedisClient): RedisCommands {
  return 'evalSha' in client ? nodeRedisCommands(client) : ioRedisCommands(client);
}
