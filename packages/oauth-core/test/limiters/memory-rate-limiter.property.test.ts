import { memoryRateLimiter, type RateLimit } from '@context-sdk/oauth-core';
import { propertyRuns } from '@context-sdk/test-support/property-runs';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { idealStarts, mostInAnyWindow } from './windows.ts';

const CALLS = 400;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

interface Arrival {
  at: number;
  cost: number;
}

async function startsOf(limits: readonly RateLimit[], arrivals: readonly Arrival[]): Promise<Arrival[]> {
  const limiter = memoryRateLimiter({ limits });
  const begin = performance.now();
  const starts: Arrival[] = [];
  const calls: Promise<void>[] = [];
  for (const { at, cost } of arrivals) {
    await vi.advanceTimersByTimeAsync(begin + at - performance.now());
    const dispatch = async (): Promise<void> => void starts.push({ at: performance.now() - begin, cost });
    calls.push(limiter.run('account', dispatch, { cost }));
  }
  await vi.runAllTimersAsync();
  await Promise.all(calls);
  return starts;
}

const burst = fc.tuple(fc.nat({ max: 150_000 }), fc.integer({ min: 1, max: 150 }));

/** 400 calls in bursts of any size, some of one call, at any time of two and a half minutes. */
const arrivalTimes = fc.array(burst, { minLength: 1, maxLength: 120, size: 'max' }).map((bursts) => {
  const times = bursts.flatMap(([at, size]) => Array.from({ length: size }, () => at));
  while (times.length < CALLS) times.push(times[times.length % bursts.length] ?? 0);
  return times.slice(0, CALLS).toSorted((one, other) => one - other);
});

test('never more than 100 in any 60 s, and the last starts within 2 % of the ideal', async () => {
  await fc.assert(
    fc.asyncProperty(arrivalTimes, async (times) => {
      const starts = await startsOf(
        [{ limit: 100, intervalMs: 60_000 }],
        times.map((at) => ({ at, cost: 1 })),
      );
      expect(starts).toHaveLength(CALLS);
      expect(mostInAnyWindow(starts, 60_000)).toBeLessThanOrEqual(100);
      const ideal = idealStarts(times, 100, 60_000).at(-1) ?? 0;
      expect(starts.at(-1)?.at).toBeLessThanOrEqual(ideal * 1.02 + 2);
    }),
    { numRuns: propertyRuns(30) },
  );
});

test('nor do more than 100 arrive in any 60 s, however late each request and its answer are', async () => {
  const delays = fc.array(fc.tuple(fc.nat({ max: 1400 }), fc.nat({ max: 1400 })), {
    minLength: 50,
    maxLength: 50,
  });
  await fc.assert(
    fc.asyncProperty(arrivalTimes, delays, async (times, delayOf) => {
      const limiter = memoryRateLimiter({ limits: [{ limit: 100, intervalMs: 60_000 }] });
      const arrivals: Arrival[] = [];
      const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
      const begin = performance.now();
      const calls: Promise<void>[] = [];
      for (const [index, at] of times.entries()) {
        await vi.advanceTimersByTimeAsync(begin + at - performance.now());
        const [there, back] = delayOf[index % delayOf.length] ?? [0, 0];
        const send = async (): Promise<void> => {
          await wait(there);
          arrivals.push({ at: performance.now() - begin, cost: 1 });
          await wait(back);
        };
        calls.push(limiter.run('account', send));
      }
      await vi.runAllTimersAsync();
      await Promise.all(calls);
      expect(
        mostInAnyWindow(
          arrivals.toSorted((one, other) => one.at - other.at),
          60_000,
        ),
      ).toBeLessThanOrEqual(100);
    }),
    { numRuns: propertyRuns(15) },
  );
});

test('several limits and costs hold together', async () => {
  const limits = [
    { limit: 10, intervalMs: 1000 },
    { limit: 25, intervalMs: 5000 },
  ];
  const arrival = fc.record({ at: fc.nat({ max: 10_000 }), cost: fc.integer({ min: 1, max: 10 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 60, size: 'max' }), async (unordered) => {
      const arrivals = unordered.toSorted((one, other) => one.at - other.at);
      const starts = await startsOf(limits, arrivals);
      expect(starts.map(({ cost }) => cost)).toEqual(arrivals.map(({ cost }) => cost));
      for (const { limit, intervalMs } of limits)
        expect(mostInAnyWindow(starts, intervalMs)).toBeLessThanOrEqual(limit);
    }),
    { numRuns: propertyRuns(30) },
  );
});

test('the window count that these properties rest on sees one call too many', () => {
  const at = (times: number[]): Arrival[] => times.map((time) => ({ at: time, cost: 1 }));
  expect(mostInAnyWindow(at([0, 10, 59_999]), 60_000)).toBe(3);
  expect(mostInAnyWindow(at([0, 10, 60_000]), 60_000)).toBe(2);
});
