import { Redis } from 'ioredis';
import { RateLimitError, StoreError } from '../../../src/errors/index.ts';
import { redisRateLimiter } from '@context-sdk/oauth-core/redis-rate-limiter';

/** What one process does. */
export interface WorkerOptions {
  redisUrl: string;
  prefix: string;
  serverUrl: string;
  limit: number;
  intervalMs: number;
  workers: number;
  durationMs: number;
  /** How long the event loop is blocked, at random times; 0 for never. */
  blockMs: number;
  /** How far the wall clock is off. */
  clockOffsetMs: number;
}

/** How its calls ended. */
export interface WorkerReport {
  done: number;
  aborted: number;
  withoutRedis: number;
  failures: string[];
}

const options = JSON.parse(process.argv[2] ?? '') as WorkerOptions;
const { now } = Date;
Date.now = () => now() + options.clockOffsetMs;

const client = new Redis(options.redisUrl, { maxRetriesPerRequest: 1 });
client.on('error', () => undefined);
const limiter = redisRateLimiter(client, { prefix: options.prefix });
const limits = [{ limit: options.limit, intervalMs: options.intervalMs }];
const report: WorkerReport = { done: 0, aborted: 0, withoutRedis: 0, failures: [] };
const end = AbortSignal.timeout(options.durationMs);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function call(): Promise<void> {
  try {
    const response = await limiter.run('account', () => fetch(options.serverUrl), { limits, signal: end });
    await response.text();
    report.done++;
  } catch (error) {
    if (end.aborted) report.aborted++;
    else if (error instanceof StoreError) {
      report.withoutRedis++;
      await wait(50);
    } else report.failures.push(error instanceof RateLimitError ? error.message : String(error));
  }
}

async function work(): Promise<void> {
  while (!end.aborted) await call();
}

async function block(): Promise<void> {
  while (!end.aborted) {
    await wait(Math.random() * 3 * options.blockMs);
    const until = performance.now() + Math.random() * options.blockMs;
    while (performance.now() < until);
  }
}

const all = Array.from({ length: options.workers }, () => work());
if (options.blockMs > 0) all.push(block());
process.stdout.write('started\n');
await Promise.all(all);
client.disconnect();
process.stdout.write(JSON.stringify(report));
