import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

/** The part of a bulk call that its caller aborted. Calls that are one thing reject with the signal's reason. */
export class AbortedError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/AbortedError';
  override readonly name = 'AbortedError';

  constructor(message: string, options?: ContextSdkErrorOptions) {
    super('aborted', message, true, options);
  }
}
