import type { NodeRedisClient } from './redis-client.ts';
import type { RedisCommands } from './redis-commands.ts';
import { isUnknownScript } from './redis-script.ts';
import { SCAN_COUNT } from './scan-count.ts';

export function nodeRedisCommands(client: NodeRedisClient): RedisCommands {
  return {
    get: (key) => client.get(key),
    delete: (key) => client.del(key),
    async run(script, key, parameters) {
      const options = { keys: [key], arguments: parameters };
      try {
        return await client.evalSha(await script.sha1, options);
      } catch (failure) {
        if (!isUnknownScript(failure)) throw failure;
        return await client.eval(script.text, options);
      }
    },
    async *scan(pattern) {
      for (const node of await nodesOf(client)) {
        let cursor = '0';
        do {
          const page = await node.scan?.(cursor, { MATCH: pattern, COUNT: SCAN_COUNT });
          yield page?.keys ?? [];
          cursor = page?.cursor ?? '0';
        } while (cursor !== '0');
      }
    },
  };
}

async function nodesOf(client: NodeRedisClient): Promise<Pick<NodeRedisClient, 'scan'>[]> {
  const { masters } = client;
  if (masters === undefined) return [client];
  const nodes = masters.map((node) => client.nodeClient?.(node) ?? client);
  return await Promise.all(nodes);
}
