import type { Attributes, Meter } from '@opentelemetry/api';
import type { CallEvent, Hooks, RequestEvent } from '../hooks/hooks.ts';

/** In seconds, as the semantic conventions advise for HTTP. */
const BOUNDARIES = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60];

/** A request on the wire that no response came to yet. */
interface OpenRequest {
  readonly startedAt: number;
  readonly attributes: Attributes;
}

/** The hooks that metrics need. */
export type MetricHooks = Required<
  Pick<Hooks, 'onRequest' | 'onResponse' | 'onRetry' | 'onRateLimit' | 'onTokenRefresh' | 'onCallEnd'>
>;

/**
 * Hooks that measure what they are told. Attributes have few values: names of services, operations, hosts, methods and
 * codes, never a user, a path or an id.
 */
export function metricHooks(meter: Meter): MetricHooks {
  const seconds = (name: string, description: string) =>
    meter.createHistogram(name, {
      unit: 's',
      description,
      advice: { explicitBucketBoundaries: BOUNDARIES },
    });
  const calls = seconds('context_sdk.call.duration', 'Calls of a client, with waits and retries.');
  const requests = seconds('http.client.request.duration', 'Requests on the wire.');
  const waits = seconds('context_sdk.rate_limit.wait.duration', 'Waits for a limiter.');
  const refreshes = seconds('context_sdk.token.refresh.duration', 'Requests for new tokens.');
  const retries = meter.createCounter('context_sdk.call.retries', { unit: '{retry}' });
  const pauses = meter.createCounter('context_sdk.rate_limit.pauses', { unit: '{pause}' });
  const open = new Map<number, OpenRequest>();

  const endUnanswered = (callId: number, code: string): void => {
    const request = open.get(callId);
    if (request === undefined) return;
    open.delete(callId);
    const attributes = { ...request.attributes, 'error.type': code };
    requests.record((performance.now() - request.startedAt) / 1000, attributes);
  };

  return {
    onRequest(event) {
      open.set(event.callId, { startedAt: performance.now(), attributes: aboutRequest(event) });
    },
    onResponse({ callId, status, durationMs, ...event }) {
      open.delete(callId);
      requests.record(durationMs / 1000, {
        ...aboutRequest(event),
        'http.response.status_code': status,
        ...(status >= 400 && { 'error.type': String(status) }),
      });
    },
    onRetry({ callId, error, ...event }) {
      endUnanswered(callId, error.code);
      retries.add(1, { ...aboutCall(event), 'error.type': error.code });
    },
    onRateLimit({ reason, ms, service }) {
      const attributes = { 'context_sdk.service': service };
      if (reason === 'waited') waits.record(ms / 1000, attributes);
      else pauses.add(1, { ...attributes, 'context_sdk.reason': reason });
    },
    onTokenRefresh({ provider, durationMs, error }) {
      refreshes.record(durationMs / 1000, {
        'context_sdk.service': provider,
        ...(error !== undefined && { 'error.type': error.code }),
      });
    },
    onCallEnd({ callId, outcome, error, durationMs, ...event }) {
      const code = error?.code ?? 'aborted';
      endUnanswered(callId, code);
      calls.record(durationMs / 1000, {
        ...aboutCall(event),
        ...(outcome === 'failed' && { 'error.type': code }),
      });
    },
  };
}

function aboutCall({ service, operation }: Pick<CallEvent, 'service' | 'operation'>): Attributes {
  return { 'context_sdk.service': service, 'context_sdk.operation': operation };
}

/** HTTP semantic conventions 1.23 and later. */
function aboutRequest({
  method,
  host,
  service,
}: Pick<RequestEvent, 'method' | 'host' | 'service'>): Attributes {
  const [address = '', port = '443'] = host.split(/:(?=\d+$)/);
  return {
    'context_sdk.service': service,
    'http.request.method': method,
    'server.address': address,
    'server.port': Number(port),
  };
}
