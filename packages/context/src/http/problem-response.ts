import {
  AuthorizationError,
  ContextSdkError,
  RateLimitError,
  ServiceUnavailableError,
  WebhookVerificationError,
} from '@context-sdk/oauth-core';
import { asError } from '../utils/as-error.ts';
import { describeForUser } from '../utils/describe-for-user.ts';
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
  grant_changed: 409,
  no_free_slot: 409,
  rate_limited: 429,
  service_unavailable: 503,
  network: 503,
  timeout: 503,
  store: 503,
};

/** For failures that do not say when to try again. */
const DEFAULT_RETRY_AFTER_MS = 30_000;

/** Messages that this package writes itself, about nothing but the request. Others can name records, keys and people. */
const SHOWN_CODES: ReadonlySet<string> = new Set(['authorization_failed', 'webhook_malformed']);
const SHOWN_WITHOUT_SERVICE: ReadonlySet<string> = new Set([
  'invalid_request',
  'permission_denied',
  'not_found',
]);

/**
 * The HTTP status for an error in a route of the host: 400 to 409 if the request or the user can fix it, 429 if a limit is
 * used up, 503 if it may pass by itself, and 500 for everything else.
 */
export function httpStatusOf(error: unknown): number {
  const known = asError(error);
  return known instanceof ContextSdkError ? (STATUS_BY_CODE[known.code] ?? 500) : 500;
}

/**
 * A text about an error that a page may show: the error's own message if it is about the request, and otherwise a general one.
 * Messages of stores, of the configuration and of services can name record keys and people.
 */
export function publicMessageOf(error: unknown): string {
  const known = asError(error);
  // Whoever proves nothing is a stranger: what is missing may be an option of the host.
  if (known instanceof WebhookVerificationError) return 'The delivery could not be verified.';
  return known instanceof ContextSdkError && isShown(known) ? known.message : describeForUser(error).text;
}

function isShown(error: ContextSdkError): boolean {
  // Has the provider's own words, and advice for the host.
  if (error instanceof AuthorizationError && error.reason === 'exchange-refused') return false;
  if (error.service === undefined && SHOWN_WITHOUT_SERVICE.has(error.code)) return true;
  return SHOWN_CODES.has(error.code);
}

/** A name for one failure, for the response and the log. */
export function newReference(): string {
  return crypto.randomUUID().slice(0, 8);
}

/**
 * Describes a failure, as HTML for a browser and as JSON for a program. Messages about anything but the request are replaced
 * by a general one. `reference` finds the failure in the host's log.
 */
export function problemResponse(thrown: unknown, request: Request, reference: string): Response {
  const error = asError(thrown);
  const status = httpStatusOf(error);
  const message = publicMessageOf(error);
  const headers = { ...PRIVATE_HEADERS, ...retryAfter(error, status) };
  if (acceptsHtml(request)) {
    const content = `<p>${escapeHtml(message)}</p>\n<p>Reference: ${reference}</p>`;
    return htmlPage('That did not work', content, { status, headers });
  }
  const code = error instanceof ContextSdkError ? error.code : 'internal';
  return Response.json({ status: 'error', code, message, reference }, { status, headers });
}

/** Whole seconds, rounded up, so that a client that waits exactly as long is not too early. */
function retryAfter(error: unknown, status: number): Record<string, string> {
  if (status !== 429 && status !== 503) return {};
  const known = error instanceof RateLimitError || error instanceof ServiceUnavailableError;
  const ms = (known ? error.retryAfterMs : undefined) ?? DEFAULT_RETRY_AFTER_MS;
  return { 'retry-after': String(Math.ceil(ms / 1000)) };
}
