import { ContextSdkError, StoreError } from '../errors/index.ts';

/** How a call to a store went. */
export type Result<R> = { result: R; failure?: undefined } | { result?: undefined; failure: unknown };

/** A promise's outcome as data, for code that goes on after a failure. */
export async function toResult<R>(promise: Promise<R>): Promise<Result<R>> {
  try {
    return { result: await promise };
  } catch (failure) {
    return { failure };
  }
}

/** What a store threw, as an error that quotes no value. Errors of the SDK stay as they are. */
export function toStoreError(failure: unknown): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  return new StoreError('unavailable', 'The record store failed.');
}

/** For `catch`: stands in for a record that can't be read for good. A store that fails for a moment doesn't say what it has, so that failure goes on. */
export function ifUnreadable<T>(standIn: T): (failure: unknown) => T {
  return (failure) => {
    if (isTransient(failure)) throw failure;
    return standIn;
  };
}

/** Whether the store may succeed if asked again. It may also have done what it was asked. */
export function isTransient(failure: unknown): boolean {
  return !(failure instanceof ContextSdkError) || failure.retryable;
}
