import { ioRedisCommands } from './ioredis-commands.ts';
import { nodeRedisCommands } from './node-redis-commands.ts';
import type { RedisClient } from './redis-client.ts';
import type { RedisScript } from './redis-script.ts';

/** The few commands that the SDK needs, spelled alike for both libraries. */
export interface RedisCommands {
  get(key: string): Promise<string | null>;
  /** Says how many keys there were. */
  delete(key: string): Promise<number>;
  /** Runs a script on one key: by its hash, or by its text where Redis does not know it yet. */
  run(script: RedisScript, key: string, parameters: string[]): Promise<unknown>;
  /** The keys that match, of all nodes, page by page; some may come twice. */
  scan(pattern: string): AsyncIterable<string[]>;
}

/** `redis` writes evalSha where `ioredis` writes evalsha. */
export function redisCommands(client: RedisClient): RedisCommands {
  return 'evalSha' in client ? nodeRedisCommands(client) : ioRedisCommands(client);
}

/** The text, with what SCAN treats as a pattern standing for itself. */
export function escapedForScan(text: string): string {
  return text.replaceAll(/[\\*?[\]]/g, String.raw`\$&`);
}
