import {
  ConfigurationError,
  memoryRateLimiter,
  type RateLimiter,
  RateLimitError,
  ServiceUnavailableError,
  TimeoutError,
} from '@context-sdk/oauth-core';
import {
  apiErrorFor,
  type Call,
  createPipeline,
  type PipelineOptions,
} from '@context-sdk/oauth-core/client-kit';
import { failure, IMPATIENT } from '@context-sdk/test-support';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

/** What happens when a service asks for a long wait: rows 1 and 2 of the Gmail issue. */

const URL_OF_TASK = 'https://api.ticktick.com/open/v1/task';
const NOW = Date.UTC(2026, 10, 29, 12);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'], now: NOW });
});
afterEach(() => void vi.useRealTimers());

interface Refusal {
  status: number;
  retryAfter?: string;
  body?: string;
}

/** A service that gives these refusals in turn, then succeeds. */
function serviceOf(refusals: Refusal[], options: Partial<PipelineOptions> = {}) {
  const sent: string[] = [];
  const pipeline = createPipeline({
    service: 'ticktick',
    // With an account, no token has to be hashed: that takes real time.
    auth: { account: 'ada', getAccessToken: async () => 'token' },
    origins: ['https://api.ticktick.com'],
    rateLimiter: memoryRateLimiter(),
    limits: [],
    retry: IMPATIENT,
    fetch: async (input) => {
      sent.push(String(input));
      const { status, retryAfter, body = 'said so' } = refusals.shift() ?? { status: 200 };
      const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
      return new Response(status === 200 ? '{}' : body, { status, headers });
    },
    classify: (response) => {
      const { status } = response;
      if (status < 400) return undefined;
      const said = response.text();
      const error = apiErrorFor(response, { service: 'ticktick', said, pauseMs: 1000 });
      if (!(error instanceof RateLimitError)) return error;
      const { message, retryAfterMs } = error;
      return new RateLimitError(message, {
        status,
        retryAfterMs,
        ...(said === 'crowded' && { limitedBy: 'concurrency' }),
        ...(said === 'sending' && { lane: 'sending' }),
      });
    },
    ...options,
  });
  const call = (terms: Partial<Call> = {}): Promise<Response> =>
    pipeline.fetchFor({ operation: 'tasks.get', safety: 'safe', ...terms })(URL_OF_TASK);
  return { call, sent };
}

/** Lets time pass step by step, with turns between in which real work such as hashing ends. */
async function elapse(ms: number): Promise<void> {
  const steps = Math.min(ms, 200);
  for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
  for (let step = 0; step < steps; step += 1) {
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    await vi.advanceTimersByTimeAsync(ms / steps);
  }
}

const DAY_S = 86_400;

test.each([
  ['a number of seconds', String(DAY_S)],
  ['a date', new Date(NOW + DAY_S * 1000).toUTCString()],
])('20.1: a pause of a day, as %s, ends the call at once and is told truly', async (_name, retryAfter) => {
  const { call, sent } = serviceOf([{ status: 429, retryAfter }]);
  const error = await failure(call());
  expect(error).toBeInstanceOf(RateLimitError);
  expect(error).toMatchObject({ status: 429, retryAfterMs: DAY_S * 1000, retryAt: NOW + DAY_S * 1000 });
  expect((error as Error).message).toContain('said so');
  expect(sent).toHaveLength(1);
});

test('20.1: it holds nothing else', async () => {
  const { call, sent } = serviceOf([{ status: 429, retryAfter: String(DAY_S) }]);
  await failure(call());
  expect((await call()).status).toBe(200);
  expect(sent).toHaveLength(2);
});

test('20.1: the same for a service that is down for long', async () => {
  const { call, sent } = serviceOf([{ status: 503, retryAfter: '7200' }]);
  const error = await failure(call());
  expect(error).toBeInstanceOf(ServiceUnavailableError);
  expect(error).toMatchObject({ retryAfterMs: 7_200_000, retryAt: NOW + 7_200_000 });
  expect((await call()).status).toBe(200);
  expect(sent).toHaveLength(2);
});

test('20.1: maxPauseMs decides what is long', async () => {
  const patient = serviceOf([{ status: 429, retryAfter: '300' }], { maxPauseMs: 300_000 });
  const waiting = patient.call();
  await elapse(330_000);
  expect((await waiting).status).toBe(200);
  const hasty = serviceOf([{ status: 429, retryAfter: '1' }], { maxPauseMs: 0 });
  expect(await failure(hasty.call())).toMatchObject({ status: 429, retryAfterMs: 1000 });
  for (const maxPauseMs of [-1, Number.NaN, '60' as never]) {
    expect(() => serviceOf([], { maxPauseMs })).toThrow(ConfigurationError);
  }
});

test('20.1: a success that asks for a long pause holds the next calls for maxPauseMs', async () => {
  const { call, sent } = serviceOf([{ status: 200, retryAfter: '7200' }]);
  await call();
  const next = call();
  await elapse(59_000);
  expect(sent).toHaveLength(1);
  await elapse(2_000);
  expect((await next).status).toBe(200);
});

test('20.1: a wait that is too long after a refusal throws the refusal', async () => {
  const { call } = serviceOf([{ status: 429, retryAfter: '30' }]);
  const error = await failure(call({ maxWaitMs: 5_000 }));
  expect(error).toMatchObject({ status: 429, retryAfterMs: 30_000 });
  expect((error as Error).message).toContain('said so');
});

test.each([429, 503])('20.1: a deadline that ends after a %i throws it', async (status) => {
  const { call } = serviceOf([{ status, retryAfter: '30' }]);
  const outcome = failure(call({ deadlineMs: 5_000 }));
  await elapse(5_001);
  expect(await outcome).toMatchObject({ status, retryAfterMs: 30_000 });
});

test('20.1: a deadline that ends on the wire leaves open what happened, also after a refusal', async () => {
  let count = 0;
  const { call } = serviceOf([], {
    fetch: async () => {
      count += 1;
      if (count > 1) return await new Promise(() => undefined);
      return new Response('said so', { status: 429, headers: { 'retry-after': '1' } });
    },
  });
  const outcome = failure(call({ deadlineMs: 5_000 }));
  await elapse(6_000);
  expect(count).toBe(2);
  expect(await outcome).toBeInstanceOf(TimeoutError);
});

test('20.1: a lane’s pause holds the lane alone; any other pause holds all', async () => {
  const { call, sent } = serviceOf([{ status: 429, retryAfter: '30', body: 'sending' }]);
  const sending = call({ lane: 'sending', safety: 'unsafe' });
  await elapse(10);
  expect((await call()).status).toBe(200);
  const second = call({ lane: 'sending' });
  await elapse(29_000);
  expect(sent).toHaveLength(2);
  await elapse(2_000);
  expect((await Promise.all([sending, second])).map(({ status }) => status)).toEqual([200, 200]);

  const common = serviceOf([{ status: 429, retryAfter: '30' }]);
  const refused = common.call({ lane: 'sending' });
  await elapse(10);
  const read = common.call();
  await elapse(29_000);
  expect(common.sent).toHaveLength(1);
  await elapse(2_000);
  expect((await Promise.all([refused, read])).map(({ status }) => status)).toEqual([200, 200]);
});

test('20.1: calls of a lane share the limits with the others', async () => {
  const rateLimiter: RateLimiter = memoryRateLimiter();
  const { call, sent } = serviceOf([], { rateLimiter, limits: [{ limit: 2, intervalMs: 60_000 }] });
  await Promise.all([call({ lane: 'sending' }), call()]);
  const third = call({ lane: 'sending' });
  await elapse(50_000);
  expect(sent).toHaveLength(2);
  await elapse(12_000);
  expect((await third).status).toBe(200);
});

test('20.2: refusals for too many at once cost no attempt', async () => {
  const { call, sent } = serviceOf(Array.from({ length: 8 }, () => ({ status: 429, body: 'crowded' })));
  const outcome = call({ safety: 'unsafe' });
  await elapse(20_000);
  expect((await outcome).status).toBe(200);
  expect(sent).toHaveLength(9);
});

test('20.2: but a service that never has room ends the call', async () => {
  const { call } = serviceOf(Array.from({ length: 500 }, () => ({ status: 429, body: 'crowded' })));
  const outcome = failure(call());
  for (let round = 0; round < 10; round += 1) await elapse(60_000);
  expect(await outcome).toMatchObject({ status: 429, limitedBy: 'concurrency' });
});
