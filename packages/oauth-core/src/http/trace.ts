import { ContextSdkError } from '../errors/index.ts';
import { type CallEndEvent, notify, type RateLimitEvent } from '../hooks/hooks.ts';
import { type Exchange, type Next, type ReceivedResponse } from './exchange.ts';

let calls = 0;

/** Tells the hooks when a call begins and how it ended. */
export async function traceCall(exchange: Exchange, next: Next): Promise<ReceivedResponse> {
  const { service, hooks } = exchange.pipeline;
  const event = { service, operation: exchange.call.operation, callId: (calls += 1) };
  notify(hooks, 'onCallStart', event);
  const startedAt = performance.now();
  const end = (how: Pick<CallEndEvent, 'outcome' | 'error'>): void =>
    notify(hooks, 'onCallEnd', { ...event, durationMs: performance.now() - startedAt, ...how });
  try {
    const response = await next({ ...exchange, callId: event.callId });
    end({ outcome: 'ok' });
    return response;
  } catch (error) {
    end({ outcome: 'failed', ...(error instanceof ContextSdkError && { error }) });
    throw error;
  }
}

/** Tells the hooks of every request on the wire, and of its response. */
export async function traceRequest(exchange: Exchange, next: Next): Promise<ReceivedResponse> {
  const { pipeline, call, request, callId, progress } = exchange;
  const { service, hooks, requestIdHeaders = [] } = pipeline;
  const { method, url } = request;
  const event = {
    service,
    operation: call.operation,
    callId,
    method,
    host: url.host,
    path: url.pathname,
    attempt: progress.attempts,
  };
  notify(hooks, 'onRequest', event);
  const sentAt = performance.now();
  const response = await next(exchange);
  const requestId = requestIdHeaders.map((name) => response.headers.get(name)).find(Boolean);
  const arrived = { ...event, status: response.status, durationMs: performance.now() - sentAt };
  if (requestId && hooks?.onResponse) {
    // Like an error's, it may repeat what was sent.
    const { withoutSecrets } = await import('../redaction/without-secrets.ts');
    Object.assign(arrived, withoutSecrets({ requestId }, request));
  }
  notify(hooks, 'onResponse', arrived);
  return response;
}

/** Tells the hooks that limits hold a request back. */
export function traceLimit(exchange: Exchange, reason: RateLimitEvent['reason'], ms: number): void {
  const { pipeline, call, callId } = exchange;
  const { service, hooks } = pipeline;
  notify(hooks, 'onRateLimit', { service, operation: call.operation, callId, reason, ms });
}
