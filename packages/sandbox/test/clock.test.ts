import { createSandbox } from '@context-sdk/sandbox';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => void vi.useRealTimers());

test("goes by the system's clock, and can be advanced", () => {
  vi.useFakeTimers({ now: 1000 });
  const { clock } = createSandbox();
  clock.advance(500);
  vi.advanceTimersByTime(20);
  expect(clock.now()).toBe(1520);
});

test('goes by a clock that it is given, and can be advanced', () => {
  const { clock } = createSandbox({ clock: { now: () => 1000 } });
  clock.advance(500);
  expect(clock.now()).toBe(1500);
});
