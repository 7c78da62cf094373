import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

/** The delivery does not prove that it comes from the service: answer 401 and do nothing. */
export class WebhookVerificationError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/WebhookVerificationError';
  override readonly name = 'WebhookVerificationError';

  constructor(message: string, options?: ContextSdkErrorOptions) {
    super('webhook_unverified', message, false, options);
  }
}

/** The delivery can't be read: answer 400. */
export class WebhookParseError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/WebhookParseError';
  override readonly name = 'WebhookParseError';
  /** The part that did not fit, for example `data.id`. */
  declare readonly field?: string;

  constructor(message: string, options: ContextSdkErrorOptions & { field?: string | undefined } = {}) {
    super('webhook_malformed', message, false, options);
    if (options.field !== undefined) this.field = options.field;
  }
}
