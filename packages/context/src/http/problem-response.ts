import { ContextSdkError } from '@context-sdk/oauth-core';
import { escapeHtml } from '../utils/text.ts';
import { acceptsHtml, htmlPage, PRIVATE_HEADERS } from './page.ts';

const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  authorization_failed: 400,
  invalid_request: 400,
  webhook_malformed: 400,
  reauthorization_required: 401,
  webhook_unverified: 401,
  permission_denied: 403,
  missing_scope: 403,
  not_found: 404,
  conflict: 409,
  no_free_slot: 409,
  rate_limited: 503,
  service_unavailable: 503,
  network: 503,
  timeout: 503,
  store: 503,
};

const RETRY_AFTER_SECONDS = '30';

/**
 * The HTTP status for an error in a route of the host: 400 to 409 if the request or the user can fix it, 503 if it may
 * pass by itself, and 500 for everything else.
 */
export function httpStatusOf(error: unknown): number {
  return error instanceof ContextSdkError ? (STATUS_BY_CODE[error.code] ?? 500) : 500;
}

/**
 * Describes a failure, as HTML for a browser and as JSON for a program. Only messages of the SDK's own errors are shown,
 * since these contain no secrets.
 */
export function problemResponse(error: unknown, request: Request): Response {
  const isSdkError = error instanceof ContextSdkError;
  const status = httpStatusOf(error);
  const message = isSdkError ? error.message : 'The server failed.';
  const headers = { ...PRIVATE_HEADERS, ...(status === 503 && { 'retry-after': RETRY_AFTER_SECONDS }) };
  if (acceptsHtml(request)) {
    return htmlPage('That did not work', `<p>${escapeHtml(message)}</p>`, { status, headers });
  }
  const code = isSdkError ? error.code : 'internal';
  return Response.json({ status: 'error', code, message }, { status, headers });
}
