import { ContextSdkError } from '@context-sdk/oauth-core';
import type { ErrorRequestHandler } from 'express';
import { problemPage } from './task-page.ts';

const STATUSES: Record<string, number> = {
  authorization_failed: 400,
  webhook_malformed: 400,
  webhook_unverified: 401,
  reauthorization_required: 401,
  missing_scope: 403,
  rate_limited: 503,
  service_unavailable: 503,
};

function statusOf(error: unknown): number {
  if (error instanceof ContextSdkError) return STATUSES[error.code] ?? 502;
  const status: unknown = Reflect.get(Object(error), 'status');
  return typeof status === 'number' ? status : 500;
}

/** The SDK's errors say what is wrong and hold no secret; of any other only the status is told. */
export const showProblem: ErrorRequestHandler = (error: unknown, request, response, _next) => {
  const status = statusOf(error);
  const message = error instanceof ContextSdkError ? error.message : `The server answers ${status}.`;
  response.status(status);
  if (request.accepts(['html', 'json']) === 'json' || request.path.startsWith('/webhooks/')) {
    response.json({ status: 'error', message });
  } else {
    response.send(problemPage(message));
  }
};
