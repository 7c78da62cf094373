import type { RedisClient } from '@context-sdk/oauth-core/redis';
import { Cluster, Redis } from 'ioredis';
import { createCluster } from 'redis';
import { type OwnRedis, startOwnRedis } from './redis-server.ts';
import type { OpenClient } from './redis.ts';

const SLOTS = 16_384;

/** Two masters that share the slots. */
export interface OwnCluster {
  readonly nodes: readonly OwnRedis[];
  /** How many keys lie on each node. */
  sizes(): Promise<number[]>;
  remove(): Promise<void>;
}

export async function startOwnCluster(): Promise<OwnCluster> {
  const node = () => startOwnRedis('--cluster-enabled', 'yes', '--cluster-node-timeout', '2000');
  const nodes = [await node(), await node()] as const;
  const admins = nodes.map(({ url }) => new Redis(url));
  const [first, second] = admins;
  await first?.call('CLUSTER', 'ADDSLOTSRANGE', '0', String(SLOTS / 2 - 1));
  await second?.call('CLUSTER', 'ADDSLOTSRANGE', String(SLOTS / 2), String(SLOTS - 1));
  await first?.call('CLUSTER', 'MEET', '127.0.0.1', String(nodes[1].port));
  for (const admin of admins)
    while (!(await isComplete(admin))) await new Promise((go) => setTimeout(go, 50));
  return {
    nodes,
    sizes: () => Promise.all(admins.map((admin) => admin.dbsize())),
    async remove() {
      for (const admin of admins) admin.disconnect();
      for (const each of nodes) await each.remove();
    },
  };
}

async function isComplete(admin: Redis): Promise<boolean> {
  const info = String(await admin.call('CLUSTER', 'INFO'));
  return info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:2');
}

/** Clients of both libraries for a cluster, each by the name of its package. */
export const CLUSTER_LIBRARIES: Readonly<
  Record<'ioredis' | 'redis', (cluster: OwnCluster) => Promise<OpenClient>>
> = {
  async ioredis({ nodes }) {
    const client: Cluster & RedisClient = new Cluster(nodes.map(({ port }) => ({ host: '127.0.0.1', port })));
    return { client, close: async () => client.disconnect() };
  },
  async redis({ nodes }) {
    const client = createCluster({ rootNodes: nodes.map(({ url }) => ({ url })) });
    await client.connect();
    return { client, close: async () => client.destroy() };
  },
};
