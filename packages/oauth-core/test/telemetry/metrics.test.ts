import { memoryRateLimiter, ServiceUnavailableError, staticToken } from '@context-sdk/oauth-core';
import { createPipeline } from '@context-sdk/oauth-core/client-kit';
import { openTelemetryHooks } from '@context-sdk/oauth-core/opentelemetry';
import { IMPATIENT } from '@context-sdk/test-support';
import { useServer } from '@context-sdk/test-support/msw';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { http, HttpResponse } from 'msw';
import { expect, test } from 'vitest';
import { CANARY, expectNoSecretIn } from '../support/canaries.ts';

const URL_OF_TASK = 'https://api.ticktick.com/open/v1/task/64d1f7c2e4b0a1b2c3d4e5f6';
const ABOUT = { 'context_sdk.service': 'ticktick', 'context_sdk.operation': 'tasks.get' };
const REQUEST = {
  'context_sdk.service': 'ticktick',
  'http.request.method': 'GET',
  'server.address': 'api.ticktick.com',
  'server.port': 443,
};
const server = useServer();

/** Makes one call, and returns the attributes of everything that was measured, by metric. */
async function measured(answers: readonly (() => Response)[]): Promise<Record<string, unknown[]>> {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  let asked = 0;
  server.use(http.get(URL_OF_TASK, () => answers[asked++]?.() ?? HttpResponse.error()));
  const send = createPipeline({
    service: 'ticktick',
    auth: staticToken(CANARY.accessToken),
    origins: ['https://api.ticktick.com'],
    rateLimiter: memoryRateLimiter(),
    limits: [],
    retry: { ...IMPATIENT, attempts: 2 },
    hooks: openTelemetryHooks({ meter: provider.getMeter('test') }),
    classify: ({ status }) => (status >= 500 ? new ServiceUnavailableError('down', { status }) : undefined),
  }).fetchFor({ operation: 'tasks.get', safety: 'safe' });
  await send(`${URL_OF_TASK}?token=${CANARY.code}`).catch(() => undefined);
  await reader.forceFlush();
  const metrics = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics));
  await provider.shutdown();
  expectNoSecretIn(JSON.stringify(metrics));
  expect(JSON.stringify(metrics)).not.toContain('64d1f7c2e4b0a1b2c3d4e5f6');
  return Object.fromEntries(
    metrics.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      dataPoints.map(({ attributes }) => attributes),
    ]),
  );
}

test('26: a retried call is measured with its requests, by names that are few', async () => {
  const seen = await measured([() => new HttpResponse(null, { status: 503 }), () => HttpResponse.json({})]);
  expect(seen).toMatchObject({
    'context_sdk.call.duration': [ABOUT],
    'http.client.request.duration': [
      { ...REQUEST, 'http.response.status_code': 503, 'error.type': '503' },
      { ...REQUEST, 'http.response.status_code': 200 },
    ],
    'context_sdk.call.retries': [{ ...ABOUT, 'error.type': 'service_unavailable' }],
  });
});

test('26: requests without a response are measured, too', async () => {
  const seen = await measured([]);
  expect(seen).toMatchObject({
    'http.client.request.duration': [{ ...REQUEST, 'error.type': 'network' }],
    'context_sdk.call.duration': [{ ...ABOUT, 'error.type': 'network' }],
  });
});

test('26: refreshes and waits are measured', async () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  const hooks = openTelemetryHooks({ meter: provider.getMeter('test') });
  hooks.onTokenRefresh({ provider: 'google', outcome: 'refreshed', durationMs: 250 });
  hooks.onRateLimit({ service: 'google', operation: 'events.list', callId: 1, reason: 'waited', ms: 20 });
  hooks.onRateLimit({ service: 'google', operation: 'events.list', callId: 1, reason: 'refused', ms: 1000 });
  await reader.forceFlush();
  const points = exporter
    .getMetrics()
    .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((one) => one.metrics))
    .flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes }) => [descriptor.name, attributes]),
    );
  await provider.shutdown();
  expect(Object.fromEntries(points)).toEqual({
    'context_sdk.token.refresh.duration': { 'context_sdk.service': 'google' },
    'context_sdk.rate_limit.wait.duration': { 'context_sdk.service': 'google' },
    'context_sdk.rate_limit.pauses': { 'context_sdk.service': 'google', 'context_sdk.reason': 'refused' },
  });
});
