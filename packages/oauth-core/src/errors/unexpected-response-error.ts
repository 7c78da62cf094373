import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

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
