import { jsonResponse } from '../../http/responses.ts';

/** One entry of `error.errors`. */
export interface FailureEntry {
  /** `global`, `calendar`, `usageLimits`. */
  readonly domain: string;
  readonly reason: string;
  readonly message: string;
  readonly locationType?: 'parameter' | 'header';
  readonly location?: string;
}

/** What newer answers add to the envelope. */
export interface FailureExtras {
  /** `error.message`, where it differs from the entry's. */
  readonly message?: string;
  /** The canonical code, such as `PERMISSION_DENIED`. */
  readonly status?: string;
  readonly details?: readonly unknown[];
  readonly headers?: Record<string, string>;
}

/** A refusal in Google's error envelope. */
export class GoogleFailure extends Error {
  override readonly name = 'GoogleFailure';
  readonly code: number;
  readonly entry: FailureEntry;
  readonly extras: FailureExtras;

  constructor(code: number, entry: FailureEntry, extras: FailureExtras = {}) {
    super(extras.message ?? entry.message);
    this.code = code;
    this.entry = entry;
    this.extras = extras;
  }

  toResponse(): Response {
    const { status, details, headers } = this.extras;
    const error = {
      errors: [this.entry],
      code: this.code,
      message: this.message,
      ...(status !== undefined && { status }),
      ...(details && { details }),
    };
    return jsonResponse({ error }, this.code, headers);
  }
}

/** Google's refusals, in the words of its guides. */

/** 400: a value that makes no sense; `location` is the parameter. */
export function invalid(message: string, location?: string): GoogleFailure {
  return new GoogleFailure(400, {
    domain: 'global',
    reason: 'invalid',
    message,
    ...(location !== undefined && { locationType: 'parameter', location }),
  });
}

/** 400: a parameter or a field is missing. */
export function required(message: string, location?: string): GoogleFailure {
  return new GoogleFailure(400, {
    domain: 'global',
    reason: 'required',
    message,
    ...(location !== undefined && { locationType: 'parameter', location }),
  });
}

/** 400: the request as a whole makes no sense. */
export function badRequest(message: string): GoogleFailure {
  return new GoogleFailure(400, { domain: 'global', reason: 'badRequest', message });
}

/** 400: the body is not JSON. */
export function parseError(): GoogleFailure {
  return new GoogleFailure(400, { domain: 'global', reason: 'parseError', message: 'Parse Error' });
}

export function timeRangeEmpty(): GoogleFailure {
  return new GoogleFailure(400, {
    domain: 'calendar',
    reason: 'timeRangeEmpty',
    message: 'The specified time range is empty.',
    locationType: 'parameter',
    location: 'timeMax',
  });
}

export function failedPrecondition(): GoogleFailure {
  const message = 'Precondition check failed.';
  return new GoogleFailure(
    400,
    { domain: 'global', reason: 'failedPrecondition', message },
    { status: 'FAILED_PRECONDITION' },
  );
}

export function authError(): GoogleFailure {
  return new GoogleFailure(401, {
    domain: 'global',
    reason: 'authError',
    message: 'Invalid Credentials',
    locationType: 'header',
    location: 'Authorization',
  });
}

/** 403: the token lacks a scope. Says so twice: by the old reason and by an ErrorInfo. */
export function insufficientPermissions(service: string, method: string): GoogleFailure {
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
    domain: 'googleapis.com',
    metadata: { service: `${service}.googleapis.com`, method },
  };
  return new GoogleFailure(
    403,
    { domain: 'global', reason: 'insufficientPermissions', message: 'Insufficient Permission' },
    {
      message: 'Request had insufficient authentication scopes.',
      status: 'PERMISSION_DENIED',
      details: [info],
    },
  );
}

/** 403: the user may not do this to that resource. */
export function forbidden(): GoogleFailure {
  return new GoogleFailure(403, { domain: 'global', reason: 'forbidden', message: 'Forbidden' });
}

export function forbiddenForNonOrganizer(): GoogleFailure {
  return new GoogleFailure(403, {
    domain: 'calendar',
    reason: 'forbiddenForNonOrganizer',
    message: 'Shared properties can only be changed by the organizer of the event.',
  });
}

export function accessNotConfigured(): GoogleFailure {
  const message =
    'Access Not Configured. The API has not been used in this project before or it is disabled.';
  return new GoogleFailure(
    403,
    { domain: 'usageLimits', reason: 'accessNotConfigured', message },
    { status: 'PERMISSION_DENIED' },
  );
}

export function domainPolicy(): GoogleFailure {
  const message = 'The domain administrators have disabled Gmail apps.';
  return new GoogleFailure(403, { domain: 'global', reason: 'domainPolicy', message });
}

/** 403 or 429: a usage limit. */
export function usageLimit(reason: string, message: string, code: 403 | 429 = 403): GoogleFailure {
  return new GoogleFailure(code, { domain: 'usageLimits', reason, message });
}

/** Gmail's answer to a used-up quota: the time stands in the text (after two spaces), there is no Retry-After. */
export function userRateLimitWithTime(retryAt: number): GoogleFailure {
  const message = 'User-rate limit exceeded.';
  return new GoogleFailure(
    403,
    { domain: 'usageLimits', reason: 'rateLimitExceeded', message },
    { message: `${message}  Retry after ${new Date(retryAt).toISOString()}`, status: 'PERMISSION_DENIED' },
  );
}

export function notFound(): GoogleFailure {
  return new GoogleFailure(404, { domain: 'global', reason: 'notFound', message: 'Not Found' });
}

export function duplicate(): GoogleFailure {
  const message = 'The requested identifier already exists.';
  return new GoogleFailure(409, { domain: 'global', reason: 'duplicate', message });
}

export function deleted(): GoogleFailure {
  return new GoogleFailure(410, {
    domain: 'global',
    reason: 'deleted',
    message: 'Resource has been deleted',
  });
}

export function fullSyncRequired(): GoogleFailure {
  return new GoogleFailure(410, {
    domain: 'calendar',
    reason: 'fullSyncRequired',
    message: 'Sync token is no longer valid, a full sync is required.',
    locationType: 'parameter',
    location: 'syncToken',
  });
}

export function updatedMinTooLongAgo(): GoogleFailure {
  return new GoogleFailure(410, {
    domain: 'calendar',
    reason: 'updatedMinTooLongAgo',
    message: 'The requested minimum modification time lies too far in the past.',
    locationType: 'parameter',
    location: 'updatedMin',
  });
}

export function conditionNotMet(): GoogleFailure {
  return new GoogleFailure(412, {
    domain: 'global',
    reason: 'conditionNotMet',
    message: 'Precondition Failed',
    locationType: 'header',
    location: 'If-Match',
  });
}

export function backendError(): GoogleFailure {
  return new GoogleFailure(500, { domain: 'global', reason: 'backendError', message: 'Backend Error' });
}
