import { throttleRateLimiter } from '@context-sdk/oauth-core/throttle';
import { failure } from '@context-sdk/test-support';
import { expect, test, vi } from 'vitest';

const LIMITS = [{ limit: 2, intervalMs: 60_000 }];

function beBusy(): void {
  const until = performance.now() + 30;
  while (performance.now() < until);
}

test('15: with maxWaitMs 0, p-throttle gives a free permit in a busy process, too', async () => {
  const limiter = throttleRateLimiter();
  const call = (): Promise<string> =>
    limiter.run('ada', async () => 'done', { limits: LIMITS, maxWaitMs: 0 });
  const calls = [call(), call()];
  beBusy();
  await expect(Promise.all(calls)).resolves.toEqual(['done', 'done']);
  expect(await failure(call())).toMatchObject({ code: 'rate_limited' });
});

test('17: with maxWaitMs 0, a burst after an idle time gets all permits that p-throttle has', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] });
  const limiter = throttleRateLimiter();
  const burst = async (): Promise<string[]> => {
    const calls = ['a', 'b', 'c'].map((name) =>
      limiter.run('ada', async () => name, { limits: LIMITS, maxWaitMs: 0 }),
    );
    return (await Promise.allSettled(calls)).map(({ status }) => status);
  };
  expect(await burst()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  vi.advanceTimersByTime(200_000);
  expect(await burst()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  vi.useRealTimers();
});

test('15: a pause that comes between is kept', async () => {
  const limiter = throttleRateLimiter();
  const call = limiter.run('ada', async () => 'done', { limits: LIMITS, maxWaitMs: 0 });
  await limiter.pause('ada', 60_000);
  expect(await failure(call)).toMatchObject({ code: 'rate_limited' });
});
