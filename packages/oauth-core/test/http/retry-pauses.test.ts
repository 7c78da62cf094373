import { memoryRateLimiter, staticToken } from '@context-sdk/oauth-core';
import { apiErrorFor, createPipeline, type PipelineOptions } from '@context-sdk/oauth-core/client-kit';
import { failure } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const STEP_MS = 100;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  // The shortest pause: each is drawn between this and twice as much.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

/** When a call that always meets 503 sends its requests, in milliseconds after the first. */
async function sendingTimes(retry?: PipelineOptions['retry']): Promise<number[]> {
  const times: number[] = [];
  const fetch = async (): Promise<Response> => {
    times.push(Date.now());
    return new Response('', { status: 503 });
  };
  const pipeline = createPipeline({
    service: 'example',
    auth: staticToken('token'),
    origins: ['https://api.example.com'],
    rateLimiter: memoryRateLimiter(),
    limits: [],
    fetch,
    classify: (response) => apiErrorFor(response, { service: 'example' }),
    ...(retry && { retry }),
  });
  const call = pipeline.fetchFor({ operation: 'things.get', safety: 'safe', timeoutMs: 300_000 });
  const progress = { isSettled: false };
  const outcome = failure(call('https://api.example.com/things')).finally(() => (progress.isSettled = true));
  // Digests take real time, so how far the clock has to go is not known.
  do {
    await vi.advanceTimersByTimeAsync(STEP_MS);
    await new Promise(setImmediate);
  } while (!progress.isSettled);
  expect(await outcome).toMatchObject({ code: 'service_unavailable', status: 503 });
  return times.map((time) => time - (times[0] ?? 0));
}

test('a call is sent three times at most, after 0.5 s and after 1 s more', async () => {
  expect(await sendingTimes()).toEqual([0, 500, 1500]);
});

test('pauses double up to ten seconds', async () => {
  const times = await sendingTimes({ attempts: 8 });
  const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 10_000, 10_000]);
});

test('one attempt is one request', async () => {
  expect(await sendingTimes({ attempts: 1 })).toEqual([0]);
});
