import { memoryRateLimiter, RateLimitError, staticToken } from '@context-sdk/oauth-core';
import {
  apiErrorFor,
  type Call,
  createPipeline,
  type PipelineOptions,
} from '@context-sdk/oauth-core/client-kit';
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

interface Conditions extends Partial<PipelineOptions> {
  /** What the service always answers. */
  answer?: () => Response;
  call?: Partial<Call>;
}

/** Sends a call that is refused each time, and says when its requests left, in milliseconds after the first. */
async function refusedCall({ answer, call, ...options }: Conditions = {}): Promise<{
  times: number[];
  error: unknown;
  endedAt: number;
}> {
  const times: number[] = [];
  const fetch = async (): Promise<Response> => {
    times.push(Date.now());
    return answer?.() ?? new Response('', { status: 503 });
  };
  const pipeline = createPipeline({
    service: 'example',
    auth: staticToken('token'),
    origins: ['https://api.example.com'],
    rateLimiter: memoryRateLimiter(),
    limits: [],
    fetch,
    classify: (response) => apiErrorFor(response, { service: 'example' }),
    ...options,
  });
  const send = pipeline.fetchFor({ operation: 'things.get', safety: 'safe', timeoutMs: 300_000, ...call });
  const startedAt = Date.now();
  const progress = { endedAt: 0 };
  const outcome = failure(send('https://api.example.com/things')).finally(
    () => (progress.endedAt = Date.now()),
  );
  // Digests take real time, so how far the clock has to go is not known.
  do {
    await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(STEP_MS);
  } while (progress.endedAt === 0);
  const [first = startedAt] = times;
  return {
    times: times.map((time) => time - first),
    error: await outcome,
    endedAt: progress.endedAt - first,
  };
}

async function sendingTimes(retry?: PipelineOptions['retry']): Promise<number[]> {
  const { times, error } = await refusedCall(retry && { retry });
  expect(error).toMatchObject({ code: 'service_unavailable', status: 503 });
  return times;
}

const systemError = (code: string): Error => Object.assign(new Error('of the system'), { code });

const refusal =
  (status: number, headers: Record<string, string> = {}) =>
  (): Response =>
    new Response('', { status, headers });

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

test('pauses are drawn between their shortest and twice as much, so that callers part', async () => {
  vi.mocked(Math.random).mockReturnValue(0.6);
  expect(await sendingTimes()).toEqual([0, 800, 2400]);
});

test('a 429 that names no pause is tried as often as anything else', async () => {
  const { times, error } = await refusedCall({ answer: refusal(429) });
  expect(error).toMatchObject({ code: 'rate_limited', status: 429 });
  expect(times).toHaveLength(3);
});

test.each([429, 503])(
  'a %d that asks for a longer pause than the call waits is the answer, at once',
  async (status) => {
    const answer = refusal(status, { 'retry-after': '30' });
    for (const [given, requests] of [
      [{ call: { maxWaitMs: 29_000 } }, 1],
      [{ maxWaitMs: 29_000 }, 1],
      [{ call: { maxWaitMs: 31_000 }, retry: { attempts: 2 } }, 2],
    ] as const) {
      const { times, error, endedAt } = await refusedCall({ answer, ...given });
      expect(error).toMatchObject({ status, retryAfterMs: 30_000 });
      expect(times).toHaveLength(requests);
      if (requests === 1) expect(endedAt).toBeLessThanOrEqual(STEP_MS);
    }
  },
);

test.each([-30, 0, 30])(
  '16.22: a service asks for a pause by its own clock, which is %d days from that of this machine',
  async (days) => {
    const theirs = Date.now() + days * 86_400_000;
    const answer = refusal(503, {
      date: new Date(theirs).toUTCString(),
      'retry-after': new Date(theirs + 30_000).toUTCString(),
    });
    const { error } = await refusedCall({ answer, retry: { attempts: 1 } });
    expect(error).toMatchObject({ status: 503, retryAfterMs: 30_000 });
  },
);

test('without a pause of the service’s own, no limit of pauses keeps a call from another attempt', async () => {
  const { times } = await refusedCall({ maxPauseMs: 0, call: { maxWaitMs: 0 } });
  expect(times).toEqual([0, 500, 1500]);
});

test('a signal that aborts in a pause ends the call there', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new Error('enough')), 250);
  const { times, error, endedAt } = await refusedCall({
    retry: { minDelayMs: 60_000, maxDelayMs: 60_000 },
    call: { signal: controller.signal },
  });
  expect(error).toMatchObject({ message: 'enough' });
  expect(times).toEqual([0]);
  expect(endedAt).toBeLessThan(1000);
});

test('14: what a later attempt says for certain counts more than an earlier refusal', async () => {
  const answers = [new Response('', { status: 503 })];
  const fetch = async (): Promise<Response> => answers.shift() ?? Promise.reject(systemError('ECONNREFUSED'));
  const { error } = await refusedCall({ fetch });
  expect(error).toMatchObject({ code: 'network', sent: false });
});

test.each<{ what: string; safety: Call['safety']; cause: Error; requests: number }>([
  { what: 'was never sent', safety: 'unsafe', cause: systemError('ECONNREFUSED'), requests: 3 },
  // A proxy whose authority this machine doesn't know, and a clock that is behind.
  {
    what: 'was never sent',
    safety: 'unsafe',
    cause: systemError('UNABLE_TO_GET_ISSUER_CERT_LOCALLY'),
    requests: 3,
  },
  { what: 'was never sent', safety: 'unsafe', cause: systemError('CERT_NOT_YET_VALID'), requests: 3 },
  { what: 'may have arrived', safety: 'unsafe', cause: systemError('ECONNRESET'), requests: 1 },
  { what: 'may have arrived', safety: 'idempotent', cause: systemError('ECONNRESET'), requests: 3 },
])('14: an $safety request that $what leaves $requests times', async ({ safety, cause, requests }) => {
  let sent = 0;
  const fetch = (): Promise<Response> => {
    sent += 1;
    return Promise.reject(cause);
  };
  const { error } = await refusedCall({ fetch, call: { safety } });
  expect(error).toMatchObject({ code: 'network' });
  expect(sent).toBe(requests);
});

test.each<{ safety: Call['safety']; requests: number }>([
  { safety: 'safe', requests: 3 },
  { safety: 'unsafe', requests: 1 },
])('14: a request that takes too long leaves $requests times if it is $safety', async (row) => {
  let sent = 0;
  const fetch = async (): Promise<Response> => {
    sent += 1;
    return await new Promise(() => undefined);
  };
  const { error } = await refusedCall({ fetch, call: { safety: row.safety, timeoutMs: 100 } });
  expect(error).toMatchObject({ code: 'timeout' });
  expect(sent).toBe(row.requests);
});

test('14: a limit that no pause lifts is not tried again', async () => {
  const limit = { service: 'example', status: 429, retryAfterMs: 0, retryable: false };
  const { times } = await refusedCall({
    answer: refusal(429),
    classify: () => new RateLimitError('The quota of the day is used up.', limit),
  });
  expect(times).toEqual([0]);
});

test('14: what our own limiter refuses is not tried again, and hooks hear of no attempt', async () => {
  const onRetry = vi.fn();
  const { times, error } = await refusedCall({
    limits: [{ limit: 1, intervalMs: 60_000 }],
    retry: { attempts: 5 },
    hooks: { onRetry },
    call: { maxWaitMs: 0 },
  });
  expect(error).toMatchObject({ code: 'service_unavailable' });
  expect(times).toEqual([0]);
  expect(onRetry.mock.calls).toMatchObject([[{ attempt: 1 }]]);
});

test('14: hooks hear of each attempt but the first', async () => {
  const onRetry = vi.fn();
  await refusedCall({ hooks: { onRetry } });
  const event = { service: 'example', operation: 'things.get', error: { status: 503 } };
  expect(onRetry.mock.calls).toMatchObject([[{ ...event, attempt: 1 }], [{ ...event, attempt: 2 }]]);
});

test('14: thirty refusals for too many at once cost no attempt', async () => {
  const crowd = { service: 'example', status: 429, retryAfterMs: 0, limitedBy: 'concurrency' } as const;
  const { times } = await refusedCall({
    answer: refusal(429),
    retry: { minDelayMs: 0, maxDelayMs: 0 },
    classify: () => new RateLimitError('Too many at once.', crowd),
  });
  expect(times).toHaveLength(29 + 3);
});
