import { ContextSdkError } from '@context-sdk/oauth-core';
import { escapeHtml } from '../utils/text.ts';

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

/** Headers of a response that must not be stored, framed or leaked to other sites. */
export const PRIVATE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

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
    const type = { 'content-type': 'text/html; charset=utf-8' };
    return new Response(problemPage(message), { status, headers: { ...headers, ...type } });
  }
  const code = isSdkError ? error.code : 'internal';
  return Response.json({ status: 'error', code, message }, { status, headers });
}

/** Whether a browser shows the response as a page. */
export function acceptsHtml(request: Request): boolean {
  return request.headers.get('accept')?.includes('text/html') ?? false;
}

function problemPage(message: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>That did not work</title>
<h1>That did not work</h1>
<p>${escapeHtml(message)}</p>
</html>`;
}
