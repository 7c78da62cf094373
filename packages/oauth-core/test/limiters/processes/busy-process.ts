import { redisRateLimiter } from '@context-sdk/oauth-core/redis-rate-limiter';
import { Redis } from 'ioredis';

// A process of its own: 40 workers call a server as often as the limiter lets them, for so many milliseconds.
const [redisUrl = '', url = '', prefix = '', lasts = '', blocks = ''] = process.argv.slice(2);
const redis = new Redis(redisUrl);
const limiter = redisRateLimiter(redis, { prefix, limits: [{ limit: 100, intervalMs: 3_000 }] });
const endsAt = performance.now() + Number(lasts);
const ending = AbortSignal.timeout(Number(lasts));

/** Now and then the event loop stands still, as with a large JSON or a slow disk. */
function block(): void {
  const until = performance.now() + 120;
  while (performance.now() < until);
  if (performance.now() < endsAt) setTimeout(block, 200 + Math.random() * 600);
}

/** Half of the second in which a request is taken to arrive: one that takes longer may count too early. */
const LATE_MS = 500;
let late = 0;

async function send(): Promise<void> {
  const startedAt = performance.now();
  await fetch(url);
  if (performance.now() - startedAt > LATE_MS) late += 1;
}

async function work(): Promise<void> {
  while (performance.now() < endsAt)
    await limiter.run('account', send, { signal: ending }).catch(() => undefined);
}

if (blocks === 'blocked') setTimeout(block, Math.random() * 500);
await Promise.all(Array.from({ length: 40 }, work));
redis.disconnect();
process.stdout.write(String(late));
