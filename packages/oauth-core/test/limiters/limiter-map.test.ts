import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { KeyQueue } from '../../src/limiters/memory/key-queue.ts';
import { LimiterMap } from '../../src/limiters/limiter-map.ts';
import { ThrottledKeyQueue } from '../../src/limiters/throttle/throttled-key-queue.ts';

const LIMITS = [{ limit: 1, intervalMs: 1000 }];
const dispatch = async (): Promise<void> => undefined;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

for (const LaneKind of [KeyQueue, ThrottledKeyQueue]) {
  test(`${LaneKind.name}: idle keys are dropped while new ones come`, async () => {
    const lanes = new LimiterMap(() => new LaneKind());
    for (let key = 0; key < 5000; key++) {
      await lanes.of(`key ${key}`).run(dispatch, LIMITS, {});
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(lanes.size).toBeLessThan(200);
  });

  test(`${LaneKind.name}: a key that has spent its permit, waits or is paused is kept`, async () => {
    const lanes = new LimiterMap(() => new LaneKind());
    const queued = [dispatch, dispatch, dispatch].map((call) => lanes.of('queued').run(call, LIMITS, {}));
    lanes.of('paused').pause(60_000);
    await lanes.of('spent').run(dispatch, LIMITS, {});
    const kept = ['queued', 'paused', 'spent'].map((key) => [key, lanes.of(key)] as const);
    for (let key = 0; key < 50; key++) lanes.of(`new ${key}`);
    for (const [key, lane] of kept) expect(lanes.of(key)).toBe(lane);
    await vi.runAllTimersAsync();
    await Promise.all(queued);
  });

  test(`${LaneKind.name}: is idle once nothing is remembered`, async () => {
    const lane = new LaneKind();
    expect(lane.isIdle()).toBe(true);
    await lane.run(dispatch, LIMITS, {});
    expect(lane.isIdle()).toBe(false);
    await vi.advanceTimersByTimeAsync(1000);
    expect(lane.isIdle()).toBe(false);
    await vi.advanceTimersByTimeAsync(20);
    expect(lane.isIdle()).toBe(true);
  });
}
