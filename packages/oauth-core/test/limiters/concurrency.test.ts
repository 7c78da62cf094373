import {
  ConfigurationError,
  memoryRateLimiter,
  type RateLimit,
  type RateLimiter,
  RateLimitError,
} from '@context-sdk/oauth-core';
import { throttleRateLimiter } from '@context-sdk/oauth-core/throttle';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] }));
afterEach(() => void vi.useRealTimers());

const LIMITS: readonly RateLimit[] = [{ concurrency: 3 }];

/** Calls that take so long each, and how many ran at once. */
function workload(limiter: RateLimiter, { limits = LIMITS, takesMs = 100 } = {}) {
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const call = (options: { maxWaitMs?: number; signal?: AbortSignal } = {}): Promise<void> =>
    limiter.run(
      'key',
      async () => {
        started.push(performance.now());
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, takesMs));
        running -= 1;
      },
      { limits, ...options },
    );
  return { call, started, most: () => most };
}

test.each([
  ['memory', () => memoryRateLimiter()],
  ['p-throttle', () => throttleRateLimiter()],
])('20.2: %s: never more at once, first come, first served, all of them in the end', async (_name, make) => {
  const { call, started, most } = workload(make());
  const all = Promise.all(Array.from({ length: 20 }, () => call()));
  await vi.advanceTimersByTimeAsync(1_000);
  await all;
  expect(started).toHaveLength(20);
  expect(most()).toBe(3);
});

test('20.2: with a rate beside it, both hold', async () => {
  const limits = [{ limit: 5, intervalMs: 10_000 }, { concurrency: 2 }];
  const { call, started, most } = workload(memoryRateLimiter(), { limits });
  const all = Promise.all(Array.from({ length: 10 }, () => call()));
  await vi.advanceTimersByTimeAsync(9_000);
  expect(started).toHaveLength(5);
  await vi.advanceTimersByTimeAsync(12_000);
  await all;
  expect(most()).toBe(2);
});

test('20.2: a call that fails, throws or is aborted frees its slot', async () => {
  const limiter = memoryRateLimiter({ limits: [{ concurrency: 1 }] });
  await expect(limiter.run('key', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  const thrown = limiter.run('key', () => {
    throw new Error('never');
  });
  await expect(thrown).rejects.toThrow('never');
  const { call, started } = workload(limiter, { limits: [{ concurrency: 1 }] });
  const first = call();
  const controller = new AbortController();
  const aborted = call({ signal: controller.signal });
  const last = call();
  controller.abort(new Error('enough'));
  await expect(aborted).rejects.toThrow('enough');
  await vi.advanceTimersByTimeAsync(300);
  await Promise.all([first, last]);
  expect(started).toHaveLength(2);
});

test('20.2: maxWaitMs counts the wait for a slot', async () => {
  const { call } = workload(memoryRateLimiter(), { limits: [{ concurrency: 1 }], takesMs: 10_000 });
  const first = call();
  await expect(call({ maxWaitMs: 0 })).rejects.toBeInstanceOf(RateLimitError);
  const late = call({ maxWaitMs: 500 }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(501);
  expect(await late).toBeInstanceOf(RateLimitError);
  const patient = call({ maxWaitMs: 20_000 });
  await vi.advanceTimersByTimeAsync(20_000);
  await Promise.all([first, patient]);
});

test('20.2: after a pause calls start one by one, and one more with each that ends', async () => {
  const limiter = memoryRateLimiter();
  const { call, started } = workload(limiter, { limits: [{ concurrency: 4 }] });
  const all = Promise.all(Array.from({ length: 20 }, () => call()));
  await vi.advanceTimersByTimeAsync(50);
  await limiter.pause('key', 1_000);
  const pausedUntil = performance.now() + 1_000;
  await vi.advanceTimersByTimeAsync(3_000);
  await all;
  const after = started.slice(4).map((at) => Math.round((at - pausedUntil) / 100));
  expect(after).toEqual([0, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5]);
});

test('20.2: keys and lists of limits are apart, and nonsense is refused', async () => {
  const limiter = memoryRateLimiter();
  const { call, most } = workload(limiter, { limits: [{ concurrency: 1 }, { concurrency: 2 }] });
  const both = Promise.all([call(), call()]);
  await limiter.run('other', async () => undefined, { limits: [{ concurrency: 1 }] });
  await vi.advanceTimersByTimeAsync(300);
  await both;
  expect(most()).toBe(1);
  for (const concurrency of [0, 1.5, -1, Number.NaN, '3' as never]) {
    expect(() => memoryRateLimiter({ limits: [{ concurrency }] })).toThrow(ConfigurationError);
  }
});
