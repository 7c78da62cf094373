import { ContextSdkError, type ContextSdkErrorOptions } from './context-sdk-error.ts';

/**
 * - `unavailable`: the store could not be read or written;
 * - `corrupt`: a record is not what the SDK wrote;
 * - `key-missing`: a record is encrypted with a key that the store was not given;
 * - `lease-lost`: another process took over, because this one held its lease too long;
 * - `not-persisted`: a refreshed token could not be written; it is kept in memory and written by the next call.
 */
export type StoreFailure = 'unavailable' | 'corrupt' | 'key-missing' | 'lease-lost' | 'not-persisted';

/** The store under the SDK failed. */
export class StoreError extends ContextSdkError {
  static override readonly brand: string = '@context-sdk/StoreError';
  override readonly name = 'StoreError';
  readonly reason: StoreFailure;

  constructor(reason: StoreFailure, message: string, options?: ContextSdkErrorOptions) {
    super('store', message, reason !== 'corrupt' && reason !== 'key-missing', options);
    this.reason = reason;
  }
}
