import {
  type AccessTokenSource,
  ApiError,
  ConfigurationError,
  type Hooks,
  memoryRateLimiter,
  MissingScopeError,
  NetworkError,
  type RateLimit,
  RateLimitError,
  type RateLimitEvent,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
  staticToken,
  TimeoutError,
} from '@context-sdk/oauth-core';
import {
  apiErrorFor,
  type Call,
  createPipeline,
  type PipelineOptions,
} from '@context-sdk/oauth-core/client-kit';
import { failure, IMPATIENT } from '@context-sdk/test-support';
import { useServer } from '@context-sdk/test-support/msw';
import { http, HttpResponse, type HttpResponseResolver } from 'msw';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CANARY, expectNoSecretIn } from '../support/canaries.ts';

const URL_OF_TASK = 'https://api.ticktick.com/open/v1/task';
const server = useServer();
const seen: { authorization: string | null; body: string; method: string }[] = [];
let answer: HttpResponseResolver = () => HttpResponse.json({});

beforeEach(() => {
  seen.length = 0;
  answer = () => HttpResponse.json({ ok: true });
  server.use(
    http.all(URL_OF_TASK, async (info) => {
      const { request } = info;
      const body = await request.clone().text();
      seen.push({ authorization: request.headers.get('authorization'), body, method: request.method });
      return await answer(info);
    }),
  );
});
afterEach(() => void vi.useRealTimers());

const LIMITS: RateLimit[] = [{ limit: 1000, intervalMs: 1000 }];

function pipelineFetch(call: Partial<Call> = {}, options: Partial<PipelineOptions> = {}): typeof fetch {
  const pipeline = createPipeline({
    service: 'ticktick',
    auth: staticToken(CANARY.accessToken),
    origins: ['https://api.ticktick.com'],
    rateLimiter: memoryRateLimiter(),
    limits: LIMITS,
    retry: IMPATIENT,
    classify: (given) => {
      if (given.status === 401) return 'unauthorized';
      return given.status < 400 ? undefined : apiErrorFor(given, { service: 'ticktick', said: given.text() });
    },
    ...options,
  });
  return pipeline.fetchFor({ operation: 'tasks.get', safety: 'safe', ...call });
}

/** Leaves msw its own clock. */
function useFakeClock(): void {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
}

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !condition(); turn += 1) await new Promise(setImmediate);
}

/** Answers the given statuses in turn, then 200. */
function inTurn(...steps: (number | 'drop' | 'cut')[]): HttpResponseResolver {
  return () => {
    const step = steps[seen.length - 1];
    if (step === undefined) return HttpResponse.json({ ok: true });
    if (step === 'drop') return HttpResponse.error();
    if (step !== 'cut') return new HttpResponse(`echo ${CANARY.accessToken}`, { status: step });
    const stream = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"ok":'));
        controller.error(new Error(`cut ${CANARY.accessToken}`));
      },
    });
    return new HttpResponse(stream);
  };
}

const ATTEMPTS: [safety: Call['safety'], step: number | 'drop' | 'cut', wire: number, error?: unknown][] = [
  ['safe', 503, 2],
  ['safe', 500, 2],
  ['safe', 408, 2],
  ['safe', 'drop', 2],
  ['safe', 'cut', 2],
  ['safe', 404, 1, 'not_found'],
  ['safe', 400, 1, 'invalid_request'],
  ['safe', 403, 1, 'permission_denied'],
  ['safe', 409, 1, 'conflict'],
  ['idempotent', 503, 2],
  ['idempotent', 'drop', 2],
  ['unsafe', 503, 1, 'service_unavailable'],
  ['unsafe', 'drop', 1, 'network'],
  ['unsafe', 'cut', 1, 'network'],
  ['unsafe', 409, 1, 'conflict'],
];

test.each(ATTEMPTS)('%s answered %s: %i on the wire', async (safety, step, wire, code) => {
  answer = inTurn(step);
  const body = safety === 'safe' ? {} : { method: 'POST', body: '{"title":"x"}' };
  const result = await pipelineFetch({ safety })(URL_OF_TASK, body).catch((error: unknown) => error);
  expect(seen).toHaveLength(wire);
  if (code === undefined) expect(await (result as Response).json()).toEqual({ ok: true });
  else expect(result).toMatchObject({ code, service: 'ticktick' });
  expectNoSecretIn(result);
  expect(new Set(seen.map((request) => request.body)).size).toBe(1);
});

test('a 429 was refused, so even a write is sent again, after the pause', async () => {
  useFakeClock();
  answer = () =>
    seen.length === 1
      ? new HttpResponse(null, { status: 429, headers: { 'retry-after': '30' } })
      : HttpResponse.json({ ok: true });
  const events: RateLimitEvent[] = [];
  const hooks: Hooks = { onRateLimit: (event) => events.push(event) };
  const sent = pipelineFetch({ safety: 'unsafe' }, { hooks })(URL_OF_TASK, { method: 'POST', body: 'x' });
  await until(() => events.length > 0);
  await vi.advanceTimersByTimeAsync(29_000);
  expect(seen).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(2_000);
  expect((await sent).status).toBe(200);
  expect(events.map(({ reason }) => reason)).toEqual(['refused', 'waited']);
  expect(seen).toHaveLength(2);
});

test('a pause holds back everybody who shares the limits, and only them', async () => {
  useFakeClock();
  const rateLimiter = memoryRateLimiter();
  answer = () =>
    seen.length === 1
      ? new HttpResponse('{}', { headers: { 'retry-after': '10' } })
      : HttpResponse.json({ ok: true });
  await pipelineFetch({}, { rateLimiter })(URL_OF_TASK);
  const same = pipelineFetch({}, { rateLimiter })(URL_OF_TASK);
  await pipelineFetch({}, { rateLimiter, auth: staticToken('another-account') })(URL_OF_TASK);
  await vi.advanceTimersByTimeAsync(9_000);
  expect(seen).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(2_000);
  await same;
  expect(seen).toHaveLength(3);
});

test('limits are those of the account, over clients and tokens', async () => {
  const rateLimiter = memoryRateLimiter();
  const source = (token: string): AccessTokenSource => ({
    account: 'user-1',
    getAccessToken: async () => token,
  });
  const limits = [{ limit: 1, intervalMs: 60_000 }];
  await pipelineFetch({}, { rateLimiter, limits, auth: source('one') })(URL_OF_TASK);
  const second = pipelineFetch({ maxWaitMs: 0 }, { rateLimiter, limits, auth: source('two') })(URL_OF_TASK);
  const error = await failure(second);
  expect(error).toBeInstanceOf(RateLimitError);
  expect((error as RateLimitError).retryAfterMs).toBeGreaterThan(50_000);
  expect(seen).toHaveLength(1);
});

test('I-15: a 401 costs one refresh and one replay', async () => {
  answer = ({ request }) =>
    request.headers.get('authorization') === 'Bearer good'
      ? HttpResponse.json({ ok: true })
      : new HttpResponse(null, { status: 401 });
  const rejected: (string | undefined)[] = [];
  let token = 'old';
  const auth: AccessTokenSource = {
    current: () => token,
    getAccessToken: async (options) => {
      if (options?.rejected !== undefined) {
        rejected.push(options.rejected);
        token = 'good';
      }
      return token;
    },
  };
  const response = await pipelineFetch({ safety: 'unsafe' }, { auth })(URL_OF_TASK, {
    method: 'POST',
    body: 'b',
  });
  expect(response.status).toBe(200);
  expect(rejected).toEqual(['old']);
  expect(seen.map(({ body }) => body)).toEqual(['b', 'b']);
});

test('I-15, I-16: a second 401 surfaces, and 403 never asks for another token', async () => {
  answer = () => new HttpResponse(null, { status: 401 });
  const getAccessToken = vi.fn(async () => 'always this');
  const error = await failure(pipelineFetch({}, { auth: { getAccessToken } })(URL_OF_TASK));
  expect(error).toBeInstanceOf(ReauthorizationRequiredError);
  expect(error).toMatchObject({ reason: 'rejected' });
  expect(seen).toHaveLength(2);
  getAccessToken.mockClear();
  answer = () => new HttpResponse(null, { status: 403 });
  await failure(pipelineFetch({}, { auth: { getAccessToken } })(URL_OF_TASK));
  expect(getAccessToken).toHaveBeenCalledTimes(1);
});

test('a static token that is rejected is not sent again', async () => {
  answer = () => new HttpResponse(null, { status: 401 });
  const error = await failure(pipelineFetch()(URL_OF_TASK));
  expect(error).toMatchObject({ reason: 'rejected' });
  expect(seen).toHaveLength(1);
  expectNoSecretIn(error);
});

test('a token that ends in the queue forfeits the permit and is renewed outside it', async () => {
  let current: string | undefined;
  let renewals = 0;
  const auth: AccessTokenSource = {
    current: () => current,
    getAccessToken: async () => {
      renewals += 1;
      if (renewals > 1) current = 'renewed';
      return current ?? 'ends at once';
    },
  };
  await pipelineFetch({}, { auth })(URL_OF_TASK);
  expect(renewals).toBe(2);
  expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer renewed']);
});

test('a source whose token is never current still gets through', async () => {
  const auth: AccessTokenSource = { current: () => undefined, getAccessToken: async () => 'short-lived' };
  await pipelineFetch({}, { auth })(URL_OF_TASK);
  expect(seen).toHaveLength(1);
});

test('timeoutMs is for each request and covers the body; the limiter’s wait does not count', async () => {
  answer = () => new HttpResponse(new ReadableStream({}));
  const error = await failure(pipelineFetch({ timeoutMs: 15, safety: 'unsafe' })(URL_OF_TASK));
  expect(error).toBeInstanceOf(TimeoutError);
  expect(error).toMatchObject({ timeoutMs: 15 });
  useFakeClock();
  answer = () => HttpResponse.json({ ok: true });
  const rateLimiter = memoryRateLimiter();
  const limits = [{ limit: 1, intervalMs: 60_000 }];
  await pipelineFetch({}, { rateLimiter, limits })(URL_OF_TASK);
  const queued = pipelineFetch({ timeoutMs: 1000 }, { rateLimiter, limits })(URL_OF_TASK);
  await until(() => vi.getTimerCount() > 0);
  await vi.advanceTimersByTimeAsync(61_000);
  expect((await queued).status).toBe(200);
});

test('deadlineMs ends the call wherever it is', async () => {
  useFakeClock();
  answer = () => new Promise(() => undefined);
  const call = failure(pipelineFetch({ deadlineMs: 5000 })(URL_OF_TASK));
  await until(() => seen.length === 1);
  await vi.advanceTimersByTimeAsync(5001);
  expect(await call).toMatchObject({ code: 'timeout', timeoutMs: 5000 });
});

test('an abort ends the call with the caller’s reason, on the wire and in the queue', async () => {
  const reason = new Error('enough');
  answer = () => new Promise(() => undefined);
  const controller = new AbortController();
  const onTheWire = failure(pipelineFetch({ signal: controller.signal })(URL_OF_TASK));
  await vi.waitFor(() => expect(seen).toHaveLength(1));
  controller.abort(reason);
  expect(await onTheWire).toBe(reason);
  expect(await failure(pipelineFetch({ signal: controller.signal })(URL_OF_TASK))).toBe(reason);
  expect(seen).toHaveLength(1);
});

test('a stream is sent once and never replayed', async () => {
  answer = inTurn(503);
  const body = new Blob(['streamed']).stream();
  const error = await failure(pipelineFetch({ safety: 'idempotent' })(URL_OF_TASK, { method: 'PUT', body }));
  expect(error).toBeInstanceOf(ServiceUnavailableError);
  expect(seen.map((request) => request.body)).toEqual(['streamed']);
});

test('a stream whose token is rejected is not replayed, but the next request has a new token', async () => {
  const auth: AccessTokenSource = {
    async getAccessToken({ rejected } = {}) {
      renewed ||= rejected === 'stale';
      return renewed ? 'fresh' : 'stale';
    },
  };
  let renewed = false;
  answer = ({ request }) =>
    HttpResponse.json({}, { status: request.headers.get('authorization') === 'Bearer fresh' ? 200 : 401 });
  const send = pipelineFetch({ safety: 'unsafe' }, { auth });
  const upload = () => send(URL_OF_TASK, { method: 'POST', body: new Blob(['streamed']).stream() });
  const error = await failure(upload());
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    status: 401,
    retryable: true,
    message: expect.stringContaining('send it again'),
  });
  expect((await upload()).status).toBe(200);
  expect(seen.map(({ authorization }) => authorization)).toEqual(['Bearer stale', 'Bearer fresh']);
});

test('a token goes to no other origin, and along no redirect', async () => {
  const elsewhere = failure(pipelineFetch()('https://api.ticktick.com.evil.example/task'));
  expect(await elsewhere).toBeInstanceOf(ConfigurationError);
  answer = () => new HttpResponse(null, { status: 302, headers: { location: 'https://evil.example/' } });
  const error = await failure(
    pipelineFetch({}, { classify: (given) => apiErrorFor(given, { service: 'x' }) })(URL_OF_TASK),
  );
  expect(error).toMatchObject({ code: 'unexpected_response', status: 302 });
  expect(seen).toHaveLength(1);
});

test('I-25: hooks see every request, retry and pause, and no secret', async () => {
  const events: [string, unknown][] = [];
  const record = (name: string) => (event: unknown) => {
    events.push([name, event]);
  };
  const hooks: Hooks = {
    onRequest: record('request'),
    onResponse: record('response'),
    onRetry: record('retry'),
    onRateLimit: record('limit'),
  };
  answer = ({ request }) =>
    seen.length === 1
      ? new HttpResponse(`echo ${request.headers.get('authorization')}`, {
          status: 503,
          headers: { 'x-request-id': 'r-1' },
        })
      : HttpResponse.json({});
  await pipelineFetch(
    {},
    { hooks, requestIdHeaders: ['x-request-id'] },
  )(`${URL_OF_TASK}?token=${CANARY.code}`);
  expect(events.map(([name]) => name)).toEqual(['request', 'response', 'retry', 'request', 'response']);
  expect(events[1]?.[1]).toMatchObject({
    operation: 'tasks.get',
    status: 503,
    attempt: 1,
    requestId: 'r-1',
    path: '/open/v1/task',
  });
  expectNoSecretIn(events);
});

test('a hook that throws or rejects changes nothing', async () => {
  const hooks: Hooks = {
    onRequest() {
      throw new Error('broken hook');
    },
    onResponse: () => Promise.reject(new Error('broken asynchronous hook')) as never,
  };
  expect((await pipelineFetch({}, { hooks })(URL_OF_TASK)).status).toBe(200);
});

test('I-25: what fetch throws is translated, never chained: it may hold the request', async () => {
  const leaky = Object.assign(new TypeError(`fetch failed ${CANARY.accessToken}`), {
    cause: Object.assign(new Error(CANARY.accessToken), { code: 'ECONNREFUSED' }),
  });
  const error = await failure(
    pipelineFetch(
      { safety: 'unsafe' },
      { fetch: () => Promise.reject(leaky), retry: { attempts: 1 } },
    )(URL_OF_TASK),
  );
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({ sent: false, systemCode: 'ECONNREFUSED' });
  expectNoSecretIn(error);
});

test('an answer without content keeps its status', async () => {
  answer = () => new HttpResponse(null, { status: 204 });
  expect((await pipelineFetch()(URL_OF_TASK)).status).toBe(204);
});

test.each([
  ['retry.attempts', { attempts: 0 }],
  ['retry.minDelayMs', { minDelayMs: -1 }],
  ['retry.maxDelayMs', { minDelayMs: 10, maxDelayMs: 5 }],
])('%s out of range is named', (field, retry) => {
  expect(() => pipelineFetch({}, { retry })).toThrow(field);
  expect(() => pipelineFetch({}, { retry })).toThrow(ConfigurationError);
});

test.each(['', '  ', 'two\r\nlines', 'tökén', 'a b', undefined as never])(
  'a token %j is refused',
  (token) => {
    expect(() => staticToken(token)).toThrow(ConfigurationError);
  },
);

test('a token that the service repeats is taken out in whatever spelling', async () => {
  const token = 'canary/tok+en=abc&"q"==';
  const spellings = [
    JSON.stringify({ said: token }),
    JSON.stringify({ said: token }).replaceAll('/', '\\/').replaceAll('=', '\\u003d'),
    `<p>canary/tok+en=abc&amp;&quot;q&quot;==</p>`,
    `at=${encodeURIComponent(token)}`,
    token,
  ];
  for (const body of spellings) {
    answer = () => new HttpResponse(body, { status: 400 });
    const error = await failure(pipelineFetch({}, { auth: staticToken(token) })(URL_OF_TASK));
    expect(String(error)).not.toContain('tok+en');
    expect(String(error)).not.toContain('u003d');
    expect(String(error)).toContain('[redacted]');
  }
});

test.each([0, -1, Number.NaN])(
  'a timeout of %d ms is refused, for one request and for the call',
  async (ms) => {
    for (const call of [{ timeoutMs: ms }, { deadlineMs: ms }]) {
      expect(await failure(pipelineFetch(call)(URL_OF_TASK))).toBeInstanceOf(ConfigurationError);
    }
    expect(seen).toEqual([]);
  },
);

test('a timeout that no timer can measure is none', async () => {
  for (const ms of [Number.POSITIVE_INFINITY, 2 ** 40]) {
    expect((await pipelineFetch({ timeoutMs: ms, deadlineMs: ms })(URL_OF_TASK)).status).toBe(200);
  }
});

test('an answer can be read in every way that a Response can', async () => {
  answer = () =>
    new HttpResponse('a=1&b=ü', {
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-more': 'y' },
    });
  const bytes = new TextEncoder().encode('a=1&b=ü');
  const read = async (): Promise<Response> => await pipelineFetch()(URL_OF_TASK);
  expect(await (await read()).text()).toBe('a=1&b=ü');
  expect(new Uint8Array(await (await read()).arrayBuffer())).toEqual(bytes);
  const withBytes = (await read()) as Response & { bytes(): Promise<Uint8Array> };
  expect(await withBytes.bytes()).toEqual(bytes);
  expect(await (await (await read()).blob()).text()).toBe('a=1&b=ü');
  expect((await (await read()).formData()).get('a')).toBe('1');
  const response = await read();
  expect(await response.clone().text()).toBe('a=1&b=ü');
  expect(response.headers.get('x-more')).toBe('y');
  expect(response.ok).toBe(true);
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body ?? []) chunks.push(chunk as Uint8Array);
  expect(Buffer.concat(chunks)).toEqual(Buffer.from(bytes));
  expect(response.bodyUsed).toBe(true);
});

test('a call whose scopes the grant is known to lack is not sent, and says which to ask for', async () => {
  const auth = { ...staticToken(CANARY.accessToken), lacks: async () => true };
  const fetch = pipelineFetch({ scopes: ['tasks:write', 'tasks:all'] }, { auth });
  const error: unknown = await fetch(URL_OF_TASK).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MissingScopeError);
  expect(error).toMatchObject({ missing: ['tasks:write'], service: 'ticktick' });
  expect(seen).toEqual([]);
});
