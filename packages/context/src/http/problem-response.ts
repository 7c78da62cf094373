import { ContextSdkError } from '@context-sdk/oauth-core';
import { escapeHtml } from '../utils/escape-html.ts';

const STATUSES: Readonly<Record<string, number>> = {
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

/**
 * The HTTP status for an error that a host's own route met: 400 to 409 where the request or the user can mend it, 503 where
 * it may pass by itself, else 500.
 */
export function httpStatusOf(error: unknown): number {
  return error instanceof ContextSdkError ? (STATUSES[error.code] ?? 500) : 500;
}

function page(message: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>That did not work</title>
<h1>That did not work</h1>
<p>${escapeHtml(message)}</p>
</html>`;
}

/** Nothing of the page is kept, framed or told to others. */
export const PRIVATE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

/**
 * What a browser, or a program, is told of a failure. The SDK's errors say what is wrong and hold no secret; of any
 * other only that there was one is told.
 */
export function problemResponse(error: unknown, request: Request): Response {
  const isOurs = error instanceof ContextSdkError;
  const status = httpStatusOf(error);
  const message = isOurs ? error.message : 'The server failed.';
  const headers = { ...PRIVATE_HEADERS, ...(status === 503 && { 'retry-after': '30' }) };
  if (!request.headers.get('accept')?.includes('text/html')) {
    return Response.json(
      { status: 'error', code: isOurs ? error.code : 'internal', message },
      { status, headers },
    );
  }
  return new Response(page(message), {
    status,
    headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
  });
}
