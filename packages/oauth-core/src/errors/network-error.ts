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
