import { throttleRateLimiter } from '@context-sdk/oauth-core/throttle';
import { failure } from '@context-sdk/test-support';
import { expect, test } from 'vitest';

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

test('15: a pause that comes between is kept', async () => {
  const limiter = throttleRateLimiter();
  const call = limiter.run('ada', async () => 'done', { limits: LIMITS, maxWaitMs: 0 });
  await limiter.pause('ada', 60_000);
  expect(await failure(call)).toMatchObject({ code: 'rate_limited' });
});
