import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

/** No answer arrived, or it broke off. */
export class NetworkError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/NetworkError';
  override readonly name = 'NetworkError';
  /** The system's code, for example `ECONNREFUSED`. */
  declare readonly systemCode?: string;
  /** False only where it is certain that the service never saw the request. */
  readonly sent: boolean;

  constructor(
    message: string,
    options: ContextSdkErrorOptions & { systemCode?: string | undefined; sent: boolean },
  ) {
    super('network', message, true, options);
    this.sent = options.sent;
    if (options.systemCode !== undefined) this.systemCode = options.systemCode;
  }
}

/** The SDK stopped waiting. Whether a write took effect is not known. */
export class TimeoutError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/TimeoutError';
  override readonly name = 'TimeoutError';
  /** The limit that ran out, in milliseconds. */
  readonly timeoutMs: number;

  constructor(message: string, options: ContextSdkErrorOptions & { timeoutMs: number }) {
    super('timeout', message, true, options);
    this.timeoutMs = options.timeoutMs;
  }
}

/** The part of a bulk call that its caller aborted. Calls that are one thing reject with the signal's reason. */
export class AbortedError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/AbortedError';
  override readonly name = 'AbortedError';

  constructor(message: string, options?: ContextSdkErrorOptions) {
    super('aborted', message, true, options);
  }
}

/** The service's answer is not what it documents, so the SDK can't vouch for it. */
export class UnexpectedResponseError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/UnexpectedResponseError';
  override readonly name = 'UnexpectedResponseError';
  /** The part that did not fit, for example `tasks[3].id`. */
  declare readonly field?: string;
  declare readonly status?: number;

  constructor(
    message: string,
    options: ContextSdkErrorOptions & { field?: string | undefined; status?: number | undefined } = {},
  ) {
    super('unexpected_response', message, false, options);
    if (options.field !== undefined) this.field = options.field;
    if (options.status !== undefined) this.status = options.status;
  }
}
