import {
  type CompleteResponse,
  apiErrorFor,
  type Classify,
  ConfigurationError,
  MissingScopeError,
  RateLimitError,
  retryAfterMs,
} from '@context-sdk/oauth-core';
import { type GoogleFailure, readFailure } from './google-failure.ts';
import type { Method } from './method.ts';
import { retryAfterText } from './retry-after-text.ts';

/** Milliseconds to pause where Google names no time: its windows slide, so that quota comes back bit by bit. */
const PAUSE_MS = 10_000;

const USED_UP = new Set(['rateLimitExceeded', 'userRateLimitExceeded', 'RATE_LIMIT_EXCEEDED']);
const LACKS_SCOPE = new Set(['insufficientPermissions', 'ACCESS_TOKEN_SCOPE_INSUFFICIENT']);
const API_DISABLED = new Set(['accessNotConfigured', 'SERVICE_DISABLED']);

function isAnyOf(meant: ReadonlySet<string>, { reasons }: GoogleFailure): boolean {
  return reasons.some((reason) => meant.has(reason));
}

function pauseAfter({ headers }: CompleteResponse, { message }: GoogleFailure): number {
  return retryAfterMs(headers) ?? retryAfterText(message) ?? PAUSE_MS;
}

/**
 * What Google's answers mean, by reason where the status says too little: 403 is a used up quota, a scope that the
 * grant lacks, an API that is switched off, or a right that the user lacks. A quota of days (`quotaExceeded`,
 * `dailyLimitExceeded`) is a {@link PermissionError}: trying again soon does not help.
 * https://developers.google.com/workspace/calendar/api/guides/errors
 */
export function classifier(service: string, methods: Readonly<Record<string, Method>>): Classify {
  return (answer) => {
    const { status, operation } = answer;
    if ((status >= 200 && status < 300) || status === 304) return undefined;
    if (status === 401) return 'unauthorized';
    const failure = readFailure(answer.text());
    const pauseMs = pauseAfter(answer, failure);
    const facts = { service, serviceCode: failure.reasons[0], details: failure.details };
    const error = apiErrorFor(answer, { ...facts, said: failure.message, pauseMs });
    if (status !== 403) return error;
    if (isAnyOf(USED_UP, failure)) {
      return new RateLimitError(error.message, { ...facts, status, retryAfterMs: pauseMs });
    }
    if (isAnyOf(LACKS_SCOPE, failure)) {
      return new MissingScopeError(methods[operation]?.scopes.slice(0, 1) ?? [], { service });
    }
    if (isAnyOf(API_DISABLED, failure)) {
      return new ConfigurationError(`${error.message} Enable the API in the Google Cloud project.`, {
        service,
      });
    }
    return error;
  };
}
