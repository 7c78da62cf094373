import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';
import { REDIS_URL } from '@context-sdk/test-support/urls';
import { Redis } from 'ioredis';
import { mostInAnyWindow } from '../windows.ts';

const run = promisify(execFile);
const INTERVAL_MS = 3_000;

export interface BusyReport {
  arrivals: number;
  /** In any three seconds. */
  most: number;
  /** Requests that took so long, on a machine too busy, that the limiter promises nothing for them. */
  late: number;
  /** Of the limit, over the whole windows between the first and the last arrival. */
  use: number;
}

/** Four processes of 40 workers, all within 100 per 3 s, and what arrived at the server that they ask. */
export async function runBusy(lastsMs: number, blocks: 'blocked' | 'free'): Promise<BusyReport> {
  const arrivals: { at: number; cost: number }[] = [];
  const server = createServer((_request, response) => {
    arrivals.push({ at: performance.now(), cost: 1 });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const prefix = `context-test-busy-${crypto.randomUUID()}:`;
  const script = join(import.meta.dirname, 'busy-process.ts');
  const options = { env: CHILD_ENVIRONMENT };
  let late = 0;
  try {
    const args = [
      '--conditions=@context-sdk/source',
      script,
      REDIS_URL,
      url,
      prefix,
      String(lastsMs),
      blocks,
    ];
    const ended = await Promise.all(Array.from({ length: 4 }, () => run(process.execPath, args, options)));
    for (const { stdout } of ended) late += Number(stdout);
  } finally {
    server.close();
    server.closeAllConnections();
    const redis = new Redis(REDIS_URL);
    const keys = await redis.keys(`${prefix}*`);
    if (keys.length > 0) await redis.del(...keys);
    redis.disconnect();
  }
  const from = arrivals[0]?.at ?? 0;
  const whole = Math.max(1, Math.floor((lastsMs - 500) / INTERVAL_MS)) * INTERVAL_MS;
  const counted = arrivals.filter(({ at }) => at < from + whole).length;
  const most = mostInAnyWindow(arrivals, INTERVAL_MS);
  return { arrivals: arrivals.length, most, late, use: counted / ((whole / INTERVAL_MS) * 100) };
}
