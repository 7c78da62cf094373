import {
  ApiError,
  ConflictError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServiceUnavailableError,
  UnexpectedResponseError,
} from '../errors/index.ts';
import { retryAfterMs } from '../timing/retry-after.ts';
import type { CompleteResponse } from './exchange.ts';

/** What a client read from the body of a failure. */
export interface ServiceFailure {
  service: string;
  /** The service's own code and words, as its client read them from the body. */
  serviceCode?: string | undefined;
  said?: string | undefined;
  requestId?: string | undefined;
  details?: unknown;
  /** Milliseconds to pause after a 429 that does not say how long. Default: a minute. */
  pauseMs?: number | undefined;
}

const MAX_WORDS = 300;

/** As much as a message shows. It ends with a whole word: of half a secret, nobody would know what it is. */
export function beginningOf(said: string): string {
  return said.length <= MAX_WORDS ? said : said.slice(0, MAX_WORDS).replace(/\S*$/, '…');
}

/** The error for an HTTP status, with what the service said about it. */
export function apiErrorFor(
  response: CompleteResponse,
  failure: ServiceFailure,
): ApiError | UnexpectedResponseError {
  const { status, headers, operation } = response;
  const { service, said, pauseMs = 60_000, ...rest } = failure;
  const words = [failure.serviceCode, said && beginningOf(said)].filter(Boolean).join(': ');
  const message = `${service} answered ${status} to ${operation}${words ? ` (${words})` : ''}.`;
  const options = { service, status, ...rest };
  if (status < 400) return new UnexpectedResponseError(message, { service, status });
  if (status === 400 || status === 422) return new InvalidRequestError(message, options);
  if (status === 403) return new PermissionError(message, options);
  if (status === 404 || status === 410) return new NotFoundError(message, options);
  if (status === 409 || status === 412) return new ConflictError(message, options);
  const waitMs = retryAfterMs(headers);
  if (status === 429) {
    return new RateLimitError(message, { ...options, retryAfterMs: waitMs ?? pauseMs });
  }
  if (status === 408 || status >= 500) {
    return new ServiceUnavailableError(message, { ...options, retryAfterMs: waitMs });
  }
  return new ApiError(message, options);
}
