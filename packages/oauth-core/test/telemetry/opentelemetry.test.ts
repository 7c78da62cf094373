import {
  memoryRateLimiter,
  memoryStore,
  NetworkError,
  OAuthClient,
  ServiceUnavailableError,
  staticToken,
  TokenManager,
} from '@context-sdk/oauth-core';
import { createPipeline } from '@context-sdk/oauth-core/client-kit';
import { openTelemetryHooks } from '@context-sdk/oauth-core/opentelemetry';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { IMPATIENT } from '@context-sdk/test-support';
import { useServer } from '@context-sdk/test-support/msw';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { http, HttpResponse } from 'msw';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { CANARY, expectNoSecretIn } from '../support/canaries.ts';

const URL_OF_TASK = 'https://api.ticktick.com/open/v1/task';
const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const manager = new AsyncLocalStorageContextManager();
const tracer = provider.getTracer('test');
const server = useServer();

beforeAll(() => void context.setGlobalContextManager(manager.enable()));
beforeEach(() => exporter.reset());
afterEach(() => void vi.useRealTimers());
afterAll(() => context.disable());

function fetchWith(options: { limits?: { limit: number; intervalMs: number }[] } = {}): typeof fetch {
  return createPipeline({
    service: 'ticktick',
    auth: staticToken(CANARY.accessToken),
    origins: ['https://api.ticktick.com'],
    rateLimiter: memoryRateLimiter(),
    limits: options.limits ?? [],
    retry: { ...IMPATIENT, attempts: 2 },
    hooks: openTelemetryHooks({ tracer }),
    classify: ({ status }) => (status >= 500 ? new ServiceUnavailableError('down', { status }) : undefined),
  }).fetchFor({ operation: 'tasks.get', safety: 'safe' });
}

function shown(spans: readonly ReadableSpan[]): unknown[] {
  return spans.map(({ name, attributes, status, events }) => ({
    name,
    ...attributes,
    ...(status.code === SpanStatusCode.ERROR && { failed: true }),
    ...(events.length > 0 && { events: events.map((event) => event.name) }),
  }));
}

const ABOUT = { 'context_sdk.service': 'ticktick', 'context_sdk.operation': 'tasks.get' };
const request = {
  ...ABOUT,
  name: 'GET',
  'http.request.method': 'GET',
  'server.address': 'api.ticktick.com',
  'server.port': 443,
};

test('a call, its retried request and the answer are spans below the caller’s', async () => {
  // On a busy machine a call without a limit would wait, too.
  vi.useFakeTimers({ toFake: ['performance'] });
  let asked = 0;
  server.use(
    http.get(URL_OF_TASK, () =>
      asked++ === 0 ? new HttpResponse(null, { status: 503 }) : HttpResponse.json({}),
    ),
  );
  const parent = tracer.startSpan('the host');
  await context.with(trace.setSpan(context.active(), parent), () =>
    fetchWith()(`${URL_OF_TASK}?token=${CANARY.code}`),
  );
  const spans = exporter.getFinishedSpans();
  expect(shown(spans)).toEqual([
    { ...request, 'http.response.status_code': 503, 'error.type': '503', failed: true },
    { ...request, 'http.response.status_code': 200, 'http.request.resend_count': 1 },
    { ...ABOUT, name: 'ticktick tasks.get', events: ['retry'] },
  ]);
  const call = spans.at(-1);
  expect(call?.parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
  expect(new Set(spans.slice(0, 2).map((span) => span.parentSpanContext?.spanId))).toEqual(
    new Set([call?.spanContext().spanId]),
  );
  expectNoSecretIn(shown(spans));
});

test('calls at once keep their requests apart, and a wait for the limiter is a span', async () => {
  server.use(http.get(URL_OF_TASK, () => HttpResponse.json({})));
  const fetch = fetchWith({ limits: [{ limit: 2, intervalMs: 400 }] });
  await Promise.all(Array.from({ length: 6 }, () => fetch(URL_OF_TASK)));
  const spans = exporter.getFinishedSpans();
  const calls = spans
    .filter(({ name }) => name === 'ticktick tasks.get')
    .map((span) => span.spanContext().spanId);
  const parents = spans.filter(({ name }) => name === 'GET').map((span) => span.parentSpanContext?.spanId);
  expect([calls.length, new Set(parents)]).toEqual([6, new Set(calls)]);
  const waits = spans.filter(({ name }) => name === 'rate limit wait');
  expect(waits.length).toBeGreaterThanOrEqual(4);
});

test('a connection that breaks and a call that is aborted are errors without an answer', async () => {
  server.use(http.get(URL_OF_TASK, () => HttpResponse.error()));
  await expect(fetchWith()(URL_OF_TASK)).rejects.toThrow(NetworkError);
  expect(shown(exporter.getFinishedSpans()).at(-1)).toMatchObject({ failed: true, 'error.type': 'network' });
  exporter.reset();
  const controller = new AbortController();
  server.use(
    http.get(URL_OF_TASK, () => {
      controller.abort();
      return new Promise(() => undefined);
    }),
  );
  const pipelineFetch = createPipeline({
    service: 'ticktick',
    auth: staticToken(CANARY.accessToken),
    origins: ['https://api.ticktick.com'],
    limits: [],
    hooks: openTelemetryHooks({ tracer }),
    classify: () => undefined,
  }).fetchFor({ operation: 'tasks.get', safety: 'safe', signal: controller.signal });
  await expect(pipelineFetch(URL_OF_TASK)).rejects.toThrow();
  expect(shown(exporter.getFinishedSpans())).toEqual([
    { ...request, 'error.type': expect.any(String), failed: true },
    { ...ABOUT, name: 'ticktick tasks.get', 'error.type': expect.any(String), failed: true },
  ]);
});

test('a refresh is a span, and shows no token', async () => {
  server.use(
    http.post(ticktick.tokenEndpoint, () =>
      HttpResponse.json({ access_token: CANARY.newAccessToken, token_type: 'bearer', expires_in: 3600 }),
    ),
  );
  const client = new OAuthClient({
    provider: ticktick,
    clientId: 'id',
    clientSecret: CANARY.clientSecret,
    redirectUri: 'https://host.example/cb',
  });
  const tokens = new TokenManager({
    client,
    store: memoryStore(),
    key: 'k',
    hooks: openTelemetryHooks({ tracer }),
  });
  const { accessToken, refreshToken } = CANARY;
  await tokens.save({ accessToken, refreshToken, obtainedAt: 0, expiresAt: 1, scopes: [] });
  await tokens.getAccessToken();
  expect(shown(exporter.getFinishedSpans())).toEqual([
    { name: 'token refresh', 'context_sdk.service': 'ticktick' },
  ]);
  expectNoSecretIn(shown(exporter.getFinishedSpans()));
});

test('what the service said, which may quote the user, is in no span', async () => {
  server.use(
    http.get(URL_OF_TASK, () =>
      HttpResponse.json({ error: 'no such title: Secret merger' }, { status: 503 }),
    ),
  );
  const said = createPipeline({
    service: 'ticktick',
    auth: staticToken(CANARY.accessToken),
    origins: ['https://api.ticktick.com'],
    limits: [],
    retry: { attempts: 1 },
    hooks: openTelemetryHooks({ tracer }),
    classify: (answer) => new ServiceUnavailableError(answer.text(), { status: answer.status }),
  }).fetchFor({ operation: 'tasks.get', safety: 'safe' });
  await expect(said(URL_OF_TASK)).rejects.toThrow('Secret merger');
  const spans = exporter.getFinishedSpans();
  expect(spans.map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR, SpanStatusCode.ERROR]);
  const told = spans.map(({ name, attributes, status, events }) => ({ name, attributes, status, events }));
  expect(JSON.stringify(told)).not.toContain('merger');
});
