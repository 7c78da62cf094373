import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

/** What an {@link ApiError} says besides its message. */
export interface ApiErrorOptions extends ContextSdkErrorOptions {
  /** HTTP status; absent where the SDK refused before a request was made. */
  status?: number | undefined;
  /** The service's own code, for example `exceed_query_limit`. */
  serviceCode?: string | undefined;
  /** The service's id of the request, for its support. */
  requestId?: string | undefined;
  /** Whatever else the service said, with credentials removed. */
  details?: unknown;
}

/** The service answered, and the answer is a failure. */
export class ApiError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/ApiError';
  override readonly name: string = 'ApiError';
  declare readonly status?: number;
  declare readonly serviceCode?: string;
  declare readonly requestId?: string;
  declare readonly details?: unknown;

  constructor(message: string, options: ApiErrorOptions = {}, code = 'api_error', retryable = false) {
    super(code, message, retryable, options);
    if (options.status !== undefined) this.status = options.status;
    if (options.serviceCode !== undefined) this.serviceCode = options.serviceCode;
    if (options.requestId !== undefined) this.requestId = options.requestId;
    if (options.details !== undefined) this.details = options.details;
  }
}

/** It does not exist, or this user can't see it. */
export class NotFoundError extends ApiError {
  static override readonly brand: string = '@context-sdk/NotFoundError';
  override readonly name = 'NotFoundError';

  constructor(message: string, options?: ApiErrorOptions) {
    super(message, options, 'not_found');
  }
}

/** The user may not do this. A new token does not help. */
export class PermissionError extends ApiError {
  static override readonly brand: string = '@context-sdk/PermissionError';
  override readonly name = 'PermissionError';

  constructor(message: string, options?: ApiErrorOptions) {
    super(message, options, 'permission_denied');
  }
}

/** The same thing was changed or created meanwhile. */
export class ConflictError extends ApiError {
  static override readonly brand: string = '@context-sdk/ConflictError';
  override readonly name = 'ConflictError';

  constructor(message: string, options?: ApiErrorOptions) {
    super(message, options, 'conflict');
  }
}

/** The request can't be right. Where the SDK saw it first, nothing was sent and `field` names the culprit. */
export class InvalidRequestError extends ApiError {
  static override readonly brand: string = '@context-sdk/InvalidRequestError';
  override readonly name = 'InvalidRequestError';
  declare readonly field?: string;

  constructor(message: string, options: ApiErrorOptions & { field?: string | undefined } = {}) {
    super(message, options, 'invalid_request');
    if (options.field !== undefined) this.field = options.field;
  }
}

/** What a {@link RateLimitError} says besides. */
export interface RateLimitErrorOptions extends ApiErrorOptions {
  retryAfterMs: number;
  retryable?: boolean | undefined;
  /** Default: `rate`. */
  limitedBy?: 'rate' | 'concurrency' | undefined;
  lane?: string | undefined;
}

/**
 * The request was refused because a limit is used up; it did nothing. `retryable` is false for a quota that lasts for
 * hours: then the SDK neither tries again nor holds other requests back. The same holds for a pause beyond `maxPauseMs`.
 */
export class RateLimitError extends ApiError {
  static override readonly brand: string = '@context-sdk/RateLimitError';
  override readonly name = 'RateLimitError';
  /** Milliseconds until another try makes sense, from when the error was made. */
  readonly retryAfterMs: number;
  /** The same as a time: epoch milliseconds. */
  readonly retryAt: number;
  /** Whether there were too many requests in some time, or too many at once. */
  readonly limitedBy: 'rate' | 'concurrency';
  /** The part of the service that refuses, if others go on: `sending` for Gmail. */
  declare readonly lane?: string;

  constructor(message: string, options: RateLimitErrorOptions) {
    super(message, options, 'rate_limited', options.retryable ?? true);
    this.retryAfterMs = options.retryAfterMs;
    this.retryAt = Date.now() + options.retryAfterMs;
    this.limitedBy = options.limitedBy ?? 'rate';
    if (options.lane !== undefined) this.lane = options.lane;
  }
}

/** The service failed: 408, 5xx. Whether a write took effect is not known. */
export class ServiceUnavailableError extends ApiError {
  static override readonly brand: string = '@context-sdk/ServiceUnavailableError';
  override readonly name = 'ServiceUnavailableError';
  /** Milliseconds that the service asked to wait, where it did. */
  declare readonly retryAfterMs?: number;
  /** The same as a time: epoch milliseconds. */
  declare readonly retryAt?: number;

  constructor(message: string, options: ApiErrorOptions & { retryAfterMs?: number | undefined } = {}) {
    super(message, options, 'service_unavailable', true);
    if (options.retryAfterMs === undefined) return;
    this.retryAfterMs = options.retryAfterMs;
    this.retryAt = Date.now() + options.retryAfterMs;
  }
}
