import { ConfigurationError } from '../errors/index.ts';
import type { IoRedisClient } from './redis-client.ts';
import { type RedisCommands, SCAN_COUNT } from './redis-commands.ts';
import { isUnknownScript } from './redis-script.ts';

export function ioRedisCommands(client: IoRedisClient): RedisCommands {
  if (client.options.keyPrefix)
    throw new ConfigurationError(
      'The ioredis client has a keyPrefix, which not every command heeds: use the option prefix instead.',
    );
  return {
    isCluster: client.nodes !== undefined,
    get: (key) => client.get(key),
    async getMany(keys) {
      if (client.nodes === undefined && client.mget !== undefined) return await client.mget(...keys);
      return await Promise.all(keys.map((key) => client.get(key)));
    },
    async run(script, keys, parameters) {
      try {
        return await client.evalsha(await script.sha1, keys.length, ...keys, ...parameters);
      } catch (failure) {
        if (!isUnknownScript(failure)) throw failure;
        return await client.eval(script.text, keys.length, ...keys, ...parameters);
      }
    },
    async *scan(pattern) {
      // A cluster's client knows all nodes once it has answered.
      if (client.nodes !== undefined) await client.get(pattern);
      for (const node of client.nodes?.('master') ?? [client]) {
        let cursor = '0';
        do {
          const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', SCAN_COUNT);
          yield keys;
          cursor = next;
        } while (cursor !== '0');
      }
    },
  };
}
