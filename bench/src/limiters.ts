import { redisRateLimiter } from '@context-sdk/oauth-core/redis-rate-limiter';
import { Redis } from 'ioredis';
import { RateLimiterRedis } from 'rate-limiter-flexible';
import { median } from './median.ts';
import { report } from './report.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 121);
const CALLS = Number(process.env['CALLS'] ?? 4_000);
/** Calls that a busy process has under way. */
const WORKERS = 64;

const redis = new Redis(process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379');
const prefix = `context-bench-${crypto.randomUUID()}:`;
// Nobody is ever held back: what is measured is the decision.
const LIMIT = 1_000_000;

/** Decisions per second. */
async function perSecond(decide: (key: string) => Promise<unknown>, keys: number): Promise<number> {
  const startedAt = performance.now();
  let left = CALLS;
  const worker = async (): Promise<void> => {
    while (left > 0) await decide(`account-${(left -= 1) % keys}`);
  };
  await Promise.all(Array.from({ length: WORKERS }, worker));
  return (CALLS / (performance.now() - startedAt)) * 1000;
}

async function ratioFor(keys: number): Promise<{ ours: number; ratio: number }> {
  const ours: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const limiter = redisRateLimiter(redis, {
      prefix: `${prefix}${keys}-${round}:`,
      limits: [{ limit: LIMIT, intervalMs: 60_000 }],
    });
    const flexible = new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: `${prefix}f${keys}-${round}`,
      points: LIMIT,
      duration: 60,
    });
    const theirs = await perSecond((key) => flexible.consume(key), keys);
    const mine = await perSecond((key) => limiter.run(key, async () => undefined), keys);
    if (round === 0) continue;
    ours.push(mine);
    ratios.push(mine / theirs);
  }
  return { ours: median(ours), ratio: median(ratios) };
}

const one = await ratioFor(1);
const many = await ratioFor(500);
const keys = await redis.keys(`${prefix}*`);
for (let at = 0; at < keys.length; at += 500) await redis.del(...keys.slice(at, at + 500));
redis.disconnect();
report(`Limiters on Redis: ${WORKERS} at once, medians of ${ROUNDS - 1} rounds`, [
  { what: 'one account: decisions, ours', value: one.ours, unit: '/s', digits: 0 },
  { what: 'one account: ours / rate-limiter-flexible (goal ≥ 0.8)', value: one.ratio },
  { what: '500 accounts: decisions, ours', value: many.ours, unit: '/s', digits: 0 },
  { what: '500 accounts: ours / rate-limiter-flexible (goal ≥ 0.8)', value: many.ratio },
]);
