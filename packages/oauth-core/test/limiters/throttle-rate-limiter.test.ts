import { ConfigurationError, RateLimitError } from '@context-sdk/oauth-core';
import { throttleRateLimiter } from '@context-sdk/oauth-core/throttle';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { recorder } from './recorder.ts';
import { mostInAnyWindow } from './windows.ts';

const TWO_PER_SECOND = [{ limit: 2, intervalMs: 1000 }];
/** An interval of 1000 ms with its margin, and what the clock may cut off. */
const SPAN_MS = 1012;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Lets everything happen that needs no time. */
const now = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

test('never more than the limit in any window, in the order of arrival', async () => {
  const arrivals = fc.array(fc.nat({ max: 6000 }), { minLength: 1, maxLength: 80, size: 'max' });
  await fc.assert(
    fc.asyncProperty(arrivals, async (unordered) => {
      const limiter = throttleRateLimiter({ limits: [{ limit: 10, intervalMs: 1000 }] });
      const { starts, dispatch, names } = recorder();
      const begin = performance.now();
      for (const [index, at] of unordered.toSorted((one, other) => one - other).entries()) {
        await vi.advanceTimersByTimeAsync(begin + at - performance.now());
        void limiter.run('key', dispatch(String(index)));
      }
      await vi.runAllTimersAsync();
      expect(names()).toEqual(unordered.map((_, index) => String(index)));
      expect(
        mostInAnyWindow(
          starts.map(({ at }) => ({ at, cost: 1 })),
          1000,
        ),
      ).toBeLessThanOrEqual(10);
    }),
    { numRuns: propertyRuns(15) },
  );
});

test('a backlog of 400 at 100 per 60 s is through in a third more than the ideal time', async () => {
  const limiter = throttleRateLimiter({ limits: [{ limit: 100, intervalMs: 60_000 }] });
  const { starts, dispatch } = recorder();
  for (let call = 0; call < 400; call++) void limiter.run('key', dispatch(String(call)));
  await vi.runAllTimersAsync();
  expect(starts).toHaveLength(400);
  expect(
    mostInAnyWindow(
      starts.map(({ at }) => ({ at, cost: 1 })),
      60_000,
    ),
  ).toBe(100);
  expect(starts.at(-1)?.at).toBeLessThan(180_000 * (4 / 3) * 1.02);
});

test('several limits and costs hold, but for one call', async () => {
  const limits = [
    { limit: 4, intervalMs: 1000 },
    { limit: 8, intervalMs: 5000 },
  ];
  const limiter = throttleRateLimiter({ limits });
  const { starts, dispatch } = recorder();
  for (let call = 0; call < 20; call++) void limiter.run('key', dispatch('2'), { cost: 2 });
  await vi.runAllTimersAsync();
  const dispatches = starts.map(({ at }) => ({ at, cost: 2 }));
  expect(dispatches).toHaveLength(20);
  expect(mostInAnyWindow(dispatches, 1000)).toBeLessThanOrEqual(4 + 2);
  expect(mostInAnyWindow(dispatches, 5000)).toBeLessThanOrEqual(8 + 2);
});

test('an aborted call leaves the queue with its reason, and the next takes its slot', async () => {
  const limiter = throttleRateLimiter({ limits: TWO_PER_SECOND });
  const { starts, dispatch } = recorder();
  const aborter = new AbortController();
  void limiter.run('key', dispatch('a'));
  void limiter.run('key', dispatch('b'));
  const aborted = ['x', 'y'].map((name) => limiter.run('key', dispatch(name), { signal: aborter.signal }));
  const outcome = Promise.allSettled(aborted);
  void limiter.run('key', dispatch('c'));
  await vi.advanceTimersByTimeAsync(100);
  aborter.abort('enough');
  expect(await outcome).toEqual([
    { status: 'rejected', reason: 'enough' },
    { status: 'rejected', reason: 'enough' },
  ]);
  await vi.runAllTimersAsync();
  expect(starts.slice(2)).toEqual([{ name: 'c', at: SPAN_MS }]);
});

test('a pause holds back new and queued calls, and is only ever extended', async () => {
  const limiter = throttleRateLimiter({ limits: TWO_PER_SECOND });
  const { starts, dispatch } = recorder();
  for (const name of ['a', 'b', 'c']) void limiter.run('key', dispatch(name));
  await vi.advanceTimersByTimeAsync(500);
  await limiter.pause('key', 3000);
  await limiter.pause('key', 10);
  void limiter.run('key', dispatch('d'));
  await vi.runAllTimersAsync();
  expect(starts.slice(0, 2).map(({ at }) => at)).toEqual([0, 0]);
  expect(starts.slice(2).map(({ name }) => name)).toEqual(['c', 'd']);
  for (const { at } of starts.slice(2)) expect(at).toBeGreaterThanOrEqual(3500);
  expect(
    mostInAnyWindow(
      starts.map(({ at }) => ({ at, cost: 1 })),
      1000,
    ),
  ).toBe(2);
});

test('maxWaitMs 0 starts what is free and refuses the rest at once, without spending slots', async () => {
  const limiter = throttleRateLimiter({ limits: TWO_PER_SECOND });
  const { dispatch, names } = recorder();
  const attempts = Promise.allSettled(
    ['a', 'b', 'c', 'd'].map((name) => limiter.run('key', dispatch(name), { maxWaitMs: 0 })),
  );
  await now();
  expect(names()).toEqual(['a', 'b']);
  const [, , refused] = await attempts;
  const reason: unknown = refused?.status === 'rejected' ? refused.reason : undefined;
  if (!(reason instanceof RateLimitError)) return expect.fail('c was not refused');
  for (let more = 0; more < 20; more++)
    await expect(limiter.run('key', dispatch('x'), { maxWaitMs: 0 })).rejects.toBeInstanceOf(RateLimitError);
  await vi.advanceTimersByTimeAsync(reason.retryAfterMs);
  const retry = limiter.run('key', dispatch('e'), { maxWaitMs: 0 });
  await now();
  await expect(retry).resolves.toBe('e');
});

test('retryAfterMs is when the call would start', async () => {
  const limiter = throttleRateLimiter({ limits: TWO_PER_SECOND });
  const { starts, dispatch } = recorder();
  for (let call = 0; call < 9; call++) {
    void limiter.run('key', dispatch('a'));
    await vi.advanceTimersByTimeAsync(600);
  }
  void limiter.run('key', dispatch('b'));
  await now();
  const refused: unknown = await limiter
    .run('key', dispatch('c'), { maxWaitMs: 0 })
    .catch((reason: unknown) => reason);
  expect(refused).toMatchObject({ name: 'RateLimitError', retryAfterMs: SPAN_MS - 600 });
  void limiter.run('key', dispatch('d'));
  await vi.runAllTimersAsync();
  expect(starts.at(-1)).toEqual({ name: 'd', at: 8 * 600 + SPAN_MS });
});

test('maxWaitMs counts on the slot that was asked for a call that left', async () => {
  const limiter = throttleRateLimiter({ limits: TWO_PER_SECOND });
  const { starts, dispatch } = recorder();
  const aborter = new AbortController();
  void limiter.run('key', dispatch('a'), { cost: 2 });
  await now();
  const aborted = limiter.run('key', dispatch('x'), { signal: aborter.signal });
  await now();
  aborter.abort('gone');
  await expect(aborted).rejects.toBe('gone');
  void limiter.run('key', dispatch('b'), { maxWaitMs: 1100 });
  await vi.runAllTimersAsync();
  expect(starts.at(-1)).toEqual({ name: 'b', at: SPAN_MS });
});

test('maxWaitMs above 0 rejects when it has elapsed', async () => {
  const limiter = throttleRateLimiter({ limits: TWO_PER_SECOND });
  const { dispatch, names } = recorder();
  void limiter.run('key', dispatch('a'), { cost: 2 });
  const settled = vi.fn<() => void>();
  const late = limiter.run('key', dispatch('late'), { maxWaitMs: 300 });
  late.catch(settled);
  const inTime = limiter.run('key', dispatch('b'), { maxWaitMs: 5000 });
  await vi.advanceTimersByTimeAsync(299);
  expect(settled).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(settled).toHaveBeenCalledOnce();
  await expect(late).rejects.toBeInstanceOf(RateLimitError);
  await vi.advanceTimersByTimeAsync(SPAN_MS);
  await expect(inTime).resolves.toBe('b');
  expect(names()).toEqual(['a', 'b']);
  expect(vi.getTimerCount()).toBe(0);
});

test('what can never be right is refused, and a dispatch that throws rejects', async () => {
  const limiter = throttleRateLimiter({ limits: TWO_PER_SECOND });
  const { dispatch, starts } = recorder();
  await expect(limiter.run('key', dispatch('a'), { cost: 3 })).rejects.toBeInstanceOf(ConfigurationError);
  await expect(limiter.run('key', dispatch('a'), { signal: AbortSignal.abort('no') })).rejects.toBe('no');
  const fail = (): Promise<never> => {
    throw new Error('synchronous');
  };
  await expect(limiter.run('key', fail)).rejects.toThrow('synchronous');
  expect(starts).toEqual([]);
  const free = throttleRateLimiter();
  await expect(free.run('key', dispatch('free'))).resolves.toBe('free');
});

test('10,000 queued calls drain in order', async () => {
  const limiter = throttleRateLimiter({ limits: [{ limit: 1000, intervalMs: 1000 }] });
  const { dispatch, names } = recorder();
  const calls = Array.from({ length: 10_000 }, (_, index) => limiter.run('key', dispatch(String(index))));
  await vi.runAllTimersAsync();
  await Promise.all(calls);
  expect(names()).toEqual(Array.from({ length: 10_000 }, (_, index) => String(index)));
});
