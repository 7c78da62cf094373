import type { RedisClient } from '@context-sdk/oauth-core/redis';
import { Cluster, Redis } from 'ioredis';
import { createCluster } from 'redis';
import { freePort } from './processes.ts';
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
  // By default the nodes talk on ports that the system hands out to others.
  const busPorts = [String(await freePort()), String(await freePort())] as const;
  const node = (busPort: string): Promise<OwnRedis> =>
    startOwnRedis('--cluster-enabled', 'yes', '--cluster-port', busPort, '--cluster-node-timeout', '2000');
  const nodes = [await node(busPorts[0]), await node(busPorts[1])] as const;
  const admins = nodes.map(({ url }) => new Redis(url));
  const [first, second] = admins;
  await first?.call('CLUSTER', 'ADDSLOTSRANGE', '0', String(SLOTS / 2 - 1));
  await second?.call('CLUSTER', 'ADDSLOTSRANGE', String(SLOTS / 2), String(SLOTS - 1));
  await first?.call('CLUSTER', 'MEET', '127.0.0.1', String(nodes[1].port), busPorts[1]);
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
