import {
  type Context,
  context,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import type { ContextSdkError } from '../errors/index.ts';
import type { CallEvent, Hooks, RequestEvent } from '../hooks/hooks.ts';

/** A call that has not ended yet. */
interface OpenCall {
  span: Span;
  /** With the call's span in it: what its requests and waits hang below. */
  context: Context;
  request?: Span;
}

function aboutCall({ service, operation }: Pick<CallEvent, 'service' | 'operation'>): Record<string, string> {
  return { 'context_sdk.service': service, 'context_sdk.operation': operation };
}

/** HTTP semantic conventions 1.23 and later, without `url.full`: a URL may hold private data. */
function aboutRequest({ method, host, attempt, ...call }: RequestEvent): Record<string, string | number> {
  const [address = '', port = '443'] = host.split(/:(?=\d+$)/);
  return {
    ...aboutCall(call),
    'http.request.method': method,
    'server.address': address,
    'server.port': Number(port),
    ...(attempt > 1 && { 'http.request.resend_count': attempt - 1 }),
  };
}

function fail(span: Span, error: ContextSdkError | undefined): void {
  span.setAttribute('error.type', error?.code ?? 'aborted');
  // Without the message: it quotes what the service said, which may be a title, an address, or the request itself.
  span.setStatus({ code: SpanStatusCode.ERROR });
}

/**
 * Hooks that make spans of what they are told: one per call below the caller's active span, and below it one per request on
 * the wire, per wait for a limiter, per refresh of a token, and per clock that is off. No span holds a token, a query, a path or a body.
 */
export function spanHooks(tracer: Tracer): Required<Hooks> {
  const calls = new Map<number, OpenCall>();

  return {
    onCallStart(event) {
      const attributes = aboutCall(event);
      const span = tracer.startSpan(`${event.service} ${event.operation}`, {
        kind: SpanKind.INTERNAL,
        attributes,
      });
      calls.set(event.callId, { span, context: trace.setSpan(context.active(), span) });
    },
    onRequest(event) {
      const call = calls.get(event.callId);
      if (call === undefined) return;
      const request = { kind: SpanKind.CLIENT, attributes: aboutRequest(event) };
      call.request = tracer.startSpan(event.method, request, call.context);
    },
    onResponse({ callId, status, requestId }) {
      const call = calls.get(callId);
      call?.request?.setAttribute('http.response.status_code', status);
      if (requestId !== undefined) call?.request?.setAttribute('context_sdk.request_id', requestId);
      if (status >= 400) {
        call?.request?.setAttribute('error.type', String(status));
        call?.request?.setStatus({ code: SpanStatusCode.ERROR });
      }
      call?.request?.end();
      delete call?.request;
    },
    onRetry({ callId, attempt, error }) {
      const call = calls.get(callId);
      endUnanswered(call, error);
      call?.span.addEvent('retry', { 'context_sdk.attempt': attempt, 'error.type': error.code });
    },
    onRateLimit({ callId, reason, ms, ...event }) {
      const call = calls.get(callId);
      if (reason !== 'waited')
        return void call?.span.addEvent(`rate limit ${reason}`, { 'context_sdk.pause_ms': ms });
      const now = Date.now();
      const wait = { startTime: now - ms, attributes: aboutCall(event) };
      tracer.startSpan('rate limit wait', wait, call?.context).end(now);
    },
    onTokenRefresh({ provider, durationMs, error }) {
      const now = Date.now();
      const refresh = { startTime: now - durationMs, attributes: { 'context_sdk.service': provider } };
      const span = tracer.startSpan('token refresh', { kind: SpanKind.CLIENT, ...refresh });
      if (error !== undefined) fail(span, error);
      span.end(now);
    },
    onClockSkew({ witness, name, behindMs }) {
      const attributes = { 'context_sdk.witness': witness, 'context_sdk.behind_ms': behindMs };
      tracer.startSpan('clock skew', { attributes: { ...attributes, 'context_sdk.service': name } }).end();
    },
    onSkipped(event) {
      const attributes = { ...aboutCall(event), 'context_sdk.field': event.field };
      tracer.startSpan('row left out', { attributes }).end();
    },
    onCallEnd({ callId, outcome, error }) {
      const call = calls.get(callId);
      calls.delete(callId);
      endUnanswered(call, error);
      if (call !== undefined && outcome === 'failed') fail(call.span, error);
      call?.span.end();
    },
  };
}

/** A request that no answer came to. */
function endUnanswered(call: OpenCall | undefined, error: ContextSdkError | undefined): void {
  if (call?.request === undefined) return;
  fail(call.request, error);
  call.request.end();
  delete call.request;
}
