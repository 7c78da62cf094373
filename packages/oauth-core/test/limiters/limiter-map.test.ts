import { afterEach, beforeEach, expect, test, vi } from 'vitest';
// What memory is given back when a key is idle shows through no export.
import { LimiterMap } from '../../src/limiters/limiter-map.ts';
import { KeyQueue } from '../../src/limiters/memory/key-queue.ts';
import { ThrottledKeyQueue } from '../../src/limiters/throttle/throttled-key-queue.ts';

const LIMITS = [{ limit: 1, intervalMs: 1000 }];
const TERMS = { limits: LIMITS, cost: 1, maxWaitMs: Number.POSITIVE_INFINITY, signal: undefined };
const dispatch = async (): Promise<void> => undefined;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

for (const Kind of [KeyQueue, ThrottledKeyQueue]) {
  test(`${Kind.name}: idle keys are dropped while new ones come`, async () => {
    const limiters = new LimiterMap(() => new Kind());
    for (let key = 0; key < 5000; key++) {
      await limiters.of(`key ${key}`).run(dispatch, TERMS);
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(limiters.size).toBeLessThan(200);
  });

  test(`${Kind.name}: a key that has spent its permit, waits or is paused is kept`, async () => {
    const limiters = new LimiterMap(() => new Kind());
    const queued = [dispatch, dispatch, dispatch].map((call) => limiters.of('queued').run(call, TERMS));
    limiters.of('paused').pause(60_000);
    await limiters.of('spent').run(dispatch, TERMS);
    const kept = ['queued', 'paused', 'spent'].map((key) => [key, limiters.of(key)] as const);
    for (let key = 0; key < 50; key++) limiters.of(`new ${key}`);
    for (const [key, limiter] of kept) expect(limiters.of(key)).toBe(limiter);
    await vi.runAllTimersAsync();
    await Promise.all(queued);
  });

  test(`${Kind.name}: is idle once nothing is remembered`, async () => {
    const lane = new Kind();
    expect(lane.isIdle()).toBe(true);
    await lane.run(dispatch, TERMS);
    expect(lane.isIdle()).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(lane.isIdle()).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
    expect(lane.isIdle()).toBe(true);
  });
}
