import { ContextSdkError, StoreError } from '../errors/index.ts';

/** What a store threw, as an error that carries no value, or `failure` itself where it is one of ours. */
export function toStoreError(failure: unknown): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  return new StoreError('unavailable', 'The record store failed.');
}

/** Whether the store may answer when it is asked again, and may have done what it was asked. */
export function isPassing(failure: unknown): boolean {
  return !(failure instanceof ContextSdkError) || failure.retryable;
}
