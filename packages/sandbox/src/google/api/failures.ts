import { jsonResponse } from '../../http/responses.ts';

/** What a refusal says beside its reason and message. */
export interface FailureDetails {
  /** Default: `global`. */
  readonly domain?: 'global' | 'calendar' | 'usageLimits';
  /** The query parameter at fault. */
  readonly parameter?: string | undefined;
  /** The header at fault. */
  readonly header?: string;
  /** `error.message`, where it differs from the entry's. */
  readonly envelopeMessage?: string;
  /** The canonical code of newer answers, such as `PERMISSION_DENIED`. */
  readonly status?: string;
  /** Of newer answers. */
  readonly details?: readonly unknown[];
}

/** A refusal in Google's error envelope. */
export class GoogleFailure extends Error {
  override readonly name = 'GoogleFailure';
  readonly code: number;
  readonly #error: object;

  constructor(code: number, reason: string, message: string, extras: FailureDetails = {}) {
    const { domain = 'global', parameter, header, envelopeMessage = message, status, details } = extras;
    super(envelopeMessage);
    this.code = code;
    const entry = {
      domain,
      reason,
      message,
      ...(parameter !== undefined && { locationType: 'parameter', location: parameter }),
      ...(header !== undefined && { locationType: 'header', location: header }),
    };
    this.#error = {
      errors: [entry],
      code,
      message: envelopeMessage,
      ...(status !== undefined && { status }),
      ...(details && { details }),
    };
  }

  toResponse(): Response {
    return jsonResponse({ error: this.#error }, this.code);
  }
}

/** A value that makes no sense. */
export const invalid = (message: string, parameter?: string): GoogleFailure =>
  new GoogleFailure(400, 'invalid', message, { parameter });

/** A parameter or a field is missing. */
export const required = (message: string, parameter?: string): GoogleFailure =>
  new GoogleFailure(400, 'required', message, { parameter });

/** The request as a whole makes no sense. */
export const badRequest = (message: string): GoogleFailure => new GoogleFailure(400, 'badRequest', message);

/** The body is not JSON. */
export const parseError = (): GoogleFailure => new GoogleFailure(400, 'parseError', 'Parse Error');

export const timeRangeEmpty = (): GoogleFailure =>
  new GoogleFailure(400, 'timeRangeEmpty', 'The specified time range is empty.', {
    domain: 'calendar',
    parameter: 'timeMax',
  });

export const authError = (): GoogleFailure =>
  new GoogleFailure(401, 'authError', 'Invalid Credentials', { header: 'Authorization' });

/** The token lacks a scope: says so by the old reason and by an ErrorInfo. */
export function insufficientPermissions(service: string, method: string): GoogleFailure {
  const info = {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason: 'ACCESS_TOKEN_SCOPE_INSUFFICIENT',
    domain: 'googleapis.com',
    metadata: { service: `${service}.googleapis.com`, method },
  };
  return new GoogleFailure(403, 'insufficientPermissions', 'Insufficient Permission', {
    envelopeMessage: 'Request had insufficient authentication scopes.',
    status: 'PERMISSION_DENIED',
    details: [info],
  });
}

/** The user may not do this to that resource. */
export const forbidden = (): GoogleFailure => new GoogleFailure(403, 'forbidden', 'Forbidden');

export const forbiddenForNonOrganizer = (): GoogleFailure =>
  new GoogleFailure(
    403,
    'forbiddenForNonOrganizer',
    'Shared properties can only be changed by the organizer of the event.',
    { domain: 'calendar' },
  );

/** A usage limit is reached. */
export const usageLimit = (reason: string, message: string, code: 403 | 429 = 403): GoogleFailure =>
  new GoogleFailure(code, reason, message, { domain: 'usageLimits' });

/** Too many requests of one user at once, whatever the quota. */
export const tooManyConcurrent = (): GoogleFailure =>
  new GoogleFailure(429, 'rateLimitExceeded', 'Too many concurrent requests for user', {
    domain: 'usageLimits',
    status: 'RESOURCE_EXHAUSTED',
  });

/** Gmail's answer to one mail too many in a day: only sending is refused. */
export function mailSendingLimit(retryAt: number): GoogleFailure {
  const message = `User-rate limit exceeded.  Retry after ${new Date(retryAt).toISOString()} (Mail sending)`;
  return new GoogleFailure(429, 'rateLimitExceeded', message, {
    domain: 'usageLimits',
    status: 'RESOURCE_EXHAUSTED',
  });
}

/** Gmail's answer to a used-up quota: the time follows in the text, after two spaces, without a Retry-After. */
export function userRateLimitWithTime(retryAt: number): GoogleFailure {
  const message = 'User-rate limit exceeded.';
  return new GoogleFailure(403, 'rateLimitExceeded', message, {
    domain: 'usageLimits',
    envelopeMessage: `${message}  Retry after ${new Date(retryAt).toISOString()}`,
    status: 'PERMISSION_DENIED',
  });
}

export const notFound = (): GoogleFailure => new GoogleFailure(404, 'notFound', 'Not Found');

export const duplicate = (): GoogleFailure =>
  new GoogleFailure(409, 'duplicate', 'The requested identifier already exists.');

export const deleted = (): GoogleFailure => new GoogleFailure(410, 'deleted', 'Resource has been deleted');

/** A position that is no longer good, with a reason that Google's guide does not name. */
export const gone = (): GoogleFailure => new GoogleFailure(410, 'gone', 'Gone');

export const fullSyncRequired = (): GoogleFailure =>
  new GoogleFailure(410, 'fullSyncRequired', 'Sync token is no longer valid, a full sync is required.', {
    domain: 'calendar',
    parameter: 'syncToken',
  });

export const updatedMinTooLongAgo = (): GoogleFailure =>
  new GoogleFailure(
    410,
    'updatedMinTooLongAgo',
    'The requested minimum modification time lies too far in the past.',
    { domain: 'calendar', parameter: 'updatedMin' },
  );

export const conditionNotMet = (): GoogleFailure =>
  new GoogleFailure(412, 'conditionNotMet', 'Precondition Failed', { header: 'If-Match' });

/** What events of other types than the default one are refused. */
export function eventTypeRestriction(what: 'imported' | 'moved'): GoogleFailure {
  const message = `Only events of the default type can be ${what}.`;
  return new GoogleFailure(400, 'eventTypeRestriction', message, { domain: 'calendar' });
}
