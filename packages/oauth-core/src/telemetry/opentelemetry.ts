import { type Meter, metrics, trace, type Tracer } from '@opentelemetry/api';
import { ConfigurationError } from '../errors/index.ts';
import type { Hooks } from '../hooks/hooks.ts';
import { checkOptions, type OptionTypes } from '../options/option-types.ts';
import { metricHooks, type MetricHooks } from './metric-hooks.ts';
import { spanHooks } from './span-hooks.ts';

/** Where spans and measurements go. */
export interface OpenTelemetryOptions {
  /** Default: the tracer of the globally registered provider. */
  tracer?: Tracer | undefined;
  /** Default: the meter of the globally registered provider. */
  meter?: Meter | undefined;
}

const OPTIONS: OptionTypes<OpenTelemetryOptions> = { tracer: 'object', meter: 'object' };
const NAME = '@context-sdk/oauth-core';

/**
 * Hooks that make spans and metrics of what they are told. Without a registered provider, that half does nothing.
 *
 * Spans: one per call below the caller's active span, and below it one per request on the wire, per wait for a limiter, per
 * refresh of a token, and per clock that is off. Metrics: `http.client.request.duration`, `context_sdk.call.duration`,
 * `context_sdk.call.retries`, `context_sdk.rate_limit.wait.duration`, `context_sdk.rate_limit.pauses` and
 * `context_sdk.token.refresh.duration`. Neither holds a token, a query, a path or a body; metrics hold no id of anything either.
 */
export function openTelemetryHooks(options?: OpenTelemetryOptions): Required<Hooks> {
  checkOptions(options, OPTIONS);
  if (options?.meter && typeof options.meter.createHistogram !== 'function')
    throw new ConfigurationError('meter is no Meter of OpenTelemetry.');
  const spans = spanHooks(options?.tracer ?? trace.getTracer(NAME));
  return both(spans, metricHooks(options?.meter ?? metrics.getMeter(NAME)));
}

function both(spans: Required<Hooks>, measures: MetricHooks): Required<Hooks> {
  return {
    ...spans,
    onRequest(event) {
      spans.onRequest(event);
      measures.onRequest(event);
    },
    onResponse(event) {
      spans.onResponse(event);
      measures.onResponse(event);
    },
    onRetry(event) {
      spans.onRetry(event);
      measures.onRetry(event);
    },
    onRateLimit(event) {
      spans.onRateLimit(event);
      measures.onRateLimit(event);
    },
    onTokenRefresh(event) {
      spans.onTokenRefresh(event);
      measures.onTokenRefresh(event);
    },
    onCallEnd(event) {
      spans.onCallEnd(event);
      measures.onCallEnd(event);
    },
  };
}
