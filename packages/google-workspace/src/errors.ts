import type { ContextSdkError } from '@context-sdk/oauth-core';
import {
  apiErrorFor,
  type Classify,
  type CompleteResponse,
  isObject,
  parseJsonObject,
  retryAfterMs,
  serviceTime,
  textOf,
} from '@context-sdk/oauth-core/client-kit';
import {
  type ApiError,
  ConfigurationError,
  InvalidRequestError,
  MissingScopeError,
  PermissionError,
  RateLimitError,
  ServiceUnavailableError,
  type UnexpectedResponseError,
} from '@context-sdk/oauth-core/errors';
import { readBatch } from './batch/batch-response.ts';
import { SENDING } from './limits.ts';
import type { GoogleOperation } from './wire.ts';

/** Milliseconds to pause if Google names no time. Its windows slide, so quota comes back bit by bit. */
const PAUSE_MS = 10_000;
/** Milliseconds to pause after too many requests at once: until some of them have ended. */
const CROWDED_PAUSE_MS = 1_000;

/** https://developers.google.com/youtube/v3/docs/core_errors lists what all of Google's APIs may answer. */
const RATE_LIMITED = new Set([
  'concurrentLimitExceeded',
  'rateLimitExceeded',
  'rateLimitExceededUnreg',
  'RATE_LIMIT_EXCEEDED',
  'RESOURCE_EXHAUSTED',
  'servingLimitExceeded',
  'userRateLimitExceeded',
  'userRateLimitExceededUnreg',
]);
/**
 * Quotas that last for hours, and milliseconds until another try makes sense: Google names no time.
 * https://github.com/googleapis/googleapis/blob/master/google/api/error_reason.proto has the one in capitals.
 */
const LASTING_QUOTAS = new Set([
  'calendarLimitsExceeded',
  'calendarUsageLimitsExceeded',
  'dailyLimitExceeded',
  'dailyLimitExceededUnreg',
  'limitExceeded',
  'quotaExceeded',
  'RESOURCE_QUOTA_EXCEEDED',
  'variableTermExpiredDailyExceeded',
  'variableTermLimitExceeded',
]);
const LASTING_QUOTA_MS = 3_600_000;
const LACKS_SCOPE = new Set(['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);
const API_DISABLED = new Set(['accessNotConfigured', 'SERVICE_DISABLED']);

/** The parts of Google's error envelope that tell failures apart. */
interface GoogleFailure {
  /** From `error.errors[].reason`, `error.details[].reason`, and last `error.status`: the status alone says too little. */
  reasons: readonly string[];
  message: string | undefined;
  /** The envelope's `error`, as Google sent it. */
  details: unknown;
}

/**
 * What Google's responses mean. A status of 403 has four meanings, told apart by its reason: a quota that is used up, a
 * scope that the grant lacks, an API that is disabled, or a right that the user lacks. A quota that lasts for hours is a
 * {@link RateLimitError} that is not retryable.
 * https://developers.google.com/workspace/calendar/api/guides/errors
 */
export function classifier(service: string, operations: Readonly<Record<string, GoogleOperation>>): Classify {
  return (response) => {
    const { status, operation } = response;
    // 308: of an upload in pieces, "go on".
    if ((status >= 200 && status < 300) || status === 304 || status === 308) {
      if (operations[operation]?.library !== 'batch') return undefined;
      return batchFailure(response, classifier(service, operations));
    }
    if (status === 401) return 'unauthorized';
    return errorFor(response, service, operations[operation]);
  };
}

/**
 * A batch whose parts were all refused for a passing reason is refused as a whole: then a new token or a pause helps, and
 * nothing was done. https://developers.google.com/workspace/calendar/api/guides/batch
 */
function batchFailure(response: CompleteResponse, classify: Classify): ReturnType<Classify> {
  const { operation, headers } = response;
  const parts = readBatch(headers.get('content-type'), response.text());
  const failures = parts.map((part) => {
    const failure = part && classify({ operation, ...part, text: () => part.body });
    return failure === 'unauthorized' || isPassingFailure(failure) ? failure : undefined;
  });
  return failures.includes(undefined) ? undefined : failures[0];
}

/** Whether the same request may succeed a little later. */
export function isPassingFailure(failure: unknown): failure is RateLimitError | ServiceUnavailableError {
  if (failure instanceof RateLimitError) return failure.retryable;
  return failure instanceof ServiceUnavailableError;
}

function errorFor(
  response: CompleteResponse,
  service: string,
  operation: GoogleOperation | undefined,
): ContextSdkError {
  const { reasons, message, details } = readFailure(response.text());
  const refusal = limitOf(message);
  const pauseMs =
    retryAfterMs(response.headers) ??
    retryAfterText(message, response.headers) ??
    (refusal.limitedBy ? CROWDED_PAUSE_MS : PAUSE_MS);
  const facts = { service, serviceCode: reasons[0], details };
  const error = apiErrorFor(response, { ...facts, said: message, pauseMs });
  const isAnyOf = (meant: ReadonlySet<string>): boolean => reasons.some((reason) => meant.has(reason));
  const { status } = response;
  if (isAnyOf(LASTING_QUOTAS)) {
    const quota = { ...facts, status, retryAfterMs: LASTING_QUOTA_MS, retryable: false };
    return new RateLimitError(error.message, quota);
  }
  if (reasons.includes('updatedMinTooLongAgo')) {
    return new InvalidRequestError(error.message, { ...facts, status, field: 'updatedMin' });
  }
  if (status === 400 && reasons.includes('failedPrecondition')) {
    return preconditionError(error, message, operation);
  }
  if (status === 413)
    return new InvalidRequestError(error.message, {
      ...facts,
      status,
      serviceCode: reasons[0] ?? 'requestTooLarge',
    });
  if (status === 429 || (status === 403 && isAnyOf(RATE_LIMITED))) {
    return new RateLimitError(error.message, { ...facts, ...refusal, status, retryAfterMs: pauseMs });
  }
  if (status !== 403) return error;
  if (isAnyOf(LACKS_SCOPE)) return new MissingScopeError(operation?.scopes.slice(0, 1) ?? [], { service });
  if (isAnyOf(API_DISABLED)) {
    const hint = 'Enable the API in the Google Cloud project.';
    return new ConfigurationError(`${error.message} ${hint}`, { service });
  }
  return error;
}

/**
 * Gmail refuses 1 to 2 % of reads for no lasting reason, and every request of an account without Gmail. A write is not
 * repeated. See `docs/facts/google.md`.
 */
function preconditionError(
  error: ApiError | UnexpectedResponseError,
  said: string | undefined,
  operation: GoogleOperation | undefined,
): ContextSdkError {
  const facts = { service: error.service, status: 400, serviceCode: 'failedPrecondition' };
  if (/mail service not enabled/i.test(said ?? '')) {
    const message = `${error.message} The account has no Gmail.`;
    return new PermissionError(message, { ...facts, serviceCode: 'mailServiceNotEnabled' });
  }
  return operation?.safety === 'safe' ? new ServiceUnavailableError(error.message, facts) : error;
}

/**
 * What is limited, by Gmail's words: "(Mail sending)" refuses sends alone, for up to a day, and "Too many concurrent
 * requests for user" the requests beyond about ten at once. See `docs/facts/google.md`.
 */
function limitOf(said: string | undefined): Pick<RateLimitError, 'lane'> & { limitedBy?: 'concurrency' } {
  return {
    ...(/\(mail sending\)/i.test(said ?? '') && { lane: SENDING }),
    ...(/too many concurrent requests/i.test(said ?? '') && { limitedBy: 'concurrency' }),
  };
}

/** Reads the body of a failure: Google's envelope, or whatever a proxy in front of Google sent. */
function readFailure(body: string): GoogleFailure {
  const error = parseJsonObject(body)?.['error'];
  if (!isObject(error)) return { reasons: [], message: textOf(error), details: undefined };
  const { errors, details, message, status } = error;
  const reasons = [errors, details]
    .flatMap((list: unknown): unknown[] => (Array.isArray(list) ? list : []))
    .map((item) => (isObject(item) ? item['reason'] : undefined))
    .concat(status)
    .flatMap((reason) => textOf(reason) ?? []);
  return { reasons, message: textOf(message), details: error };
}

/**
 * Milliseconds until the time that Gmail names in its text instead of a header:
 * `User-rate limit exceeded.  Retry after 2026-09-11T20:00:00.000Z`.
 */
function retryAfterText(message: string | undefined, headers: Headers): number | undefined {
  const [, time] = /Retry after (\d{4}-\d{2}-\d{2}T[\d:.]+Z)/i.exec(message ?? '') ?? [];
  const at = Date.parse(time ?? '');
  return Number.isNaN(at) ? undefined : Math.max(at - (serviceTime(headers) ?? Date.now()), 0);
}
