import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

/** The host's own settings can't work: a missing credential, an option out of range, a route that does not exist. */
export class ConfigurationError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/ConfigurationError';
  override readonly name = 'ConfigurationError';

  constructor(message: string, options?: ContextSdkErrorOptions) {
    super('configuration', message, false, options);
  }
}
