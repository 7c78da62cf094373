import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { memoryRateLimiter } from '@context-sdk/oauth-core';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const MINUTE_MS = 60_000;
const KEYS = 500;

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

test('24.heap: accounts that call now and then leave nothing behind of what no longer counts', async () => {
  const limits = [
    { limit: 100, intervalMs: MINUTE_MS },
    { limit: 300, intervalMs: 5 * MINUTE_MS },
  ];
  const limiter = memoryRateLimiter({ limits });
  const poll = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      for (let key = 0; key < KEYS; key += 1) await limiter.run(`${key}`, async () => undefined);
      vi.advanceTimersByTime(3 * MINUTE_MS);
    }
  };
  await poll(20);
  const before = heap();
  await poll(180);
  expect(heap() - before).toBeLessThan(2_000_000);
});
