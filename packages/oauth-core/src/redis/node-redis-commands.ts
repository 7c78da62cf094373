import type { NodeRedisClient } from './redis-client.ts';
import { type RedisCommands, SCAN_COUNT } from './redis-commands.ts';
import { isUnknownScript } from './redis-script.ts';

export function nodeRedisCommands(client: NodeRedisClient): RedisCommands {
  return {
    isCluster: client.masters !== undefined,
    get: (key) => client.get(key),
    async getMany(keys) {
      if (client.masters === undefined && client.mGet !== undefined) return await client.mGet(keys);
      return await Promise.all(keys.map((key) => client.get(key)));
    },
    async run(script, keys, parameters) {
      const options = { keys, arguments: parameters };
      try {
        return await client.evalSha(await script.sha1, options);
      } catch (failure) {
        if (!isUnknownScript(failure)) throw failure;
        return await client.eval(script.text, options);
      }
    },
    async *scan(pattern) {
      for await (const node of nodesOf(client)) {
        let cursor = '0';
        do {
          const page = await node.scan?.(cursor as never, { MATCH: pattern, COUNT: SCAN_COUNT });
          yield page?.keys.map(String) ?? [];
          cursor = String(page?.cursor ?? 0);
        } while (cursor !== '0');
      }
    },
  };
}

async function* nodesOf(client: NodeRedisClient): AsyncIterable<Pick<NodeRedisClient, 'scan'>> {
  if (client.masters === undefined) yield client;
  // Rejects unless the cluster's client is connected, and knows all nodes.
  else await client.get('');
  for (const node of client.masters ?? []) yield (await client.nodeClient?.(node)) ?? client;
}
