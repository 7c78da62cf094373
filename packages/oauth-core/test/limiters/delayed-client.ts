import type { IoRedisClient } from '@context-sdk/oauth-core/redis';
import type { Redis } from 'ioredis';

/** A client whose scripts run at once, and whose answers to them come when `later` lets them. */
export function delayedClient(
  client: Redis,
  later: (answer: Promise<unknown>) => Promise<unknown>,
): IoRedisClient {
  return {
    options: {},
    get: (key) => client.get(key),
    scan: (...options) => client.scan(...options),
    eval: (...options) => later(client.eval(...options)),
    evalsha: (...options) => later(client.evalsha(...options)),
  };
}
