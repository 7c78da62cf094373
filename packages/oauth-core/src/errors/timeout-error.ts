import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

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
