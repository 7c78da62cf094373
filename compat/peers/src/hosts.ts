// What a host with each version writes; `npm run types` compiles it.
import type { RecordStore } from '@context-sdk/oauth-core';
import { redisStore } from '@context-sdk/oauth-core/redis';
import { Redis as IoRedis5 } from 'ioredis-5';
import IoRedis50 from 'ioredis-5.0';
import { Redis as IoRedis6 } from 'ioredis-6';
import { createClient as client4, createCluster as cluster4 } from 'redis-4';
import { createClient as client5, createCluster as cluster5 } from 'redis-5';
import { createClient as client50 } from 'redis-5.0';
import { createClient as client6, createCluster as cluster6 } from 'redis-6';

export const stores: RecordStore[] = [
  redisStore(new IoRedis50.default()),
  redisStore(new IoRedis5()),
  redisStore(new IoRedis6()),
  redisStore(client4()),
  redisStore(cluster4({ rootNodes: [] })),
  redisStore(client50()),
  redisStore(client5()),
  redisStore(cluster5({ rootNodes: [] })),
  redisStore(client6()),
  redisStore(cluster6({ rootNodes: [] })),
];
