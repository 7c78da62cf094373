import {
  AbortedError,
  ContextSdkError,
  NetworkError,
  ServiceUnavailableError,
  TimeoutError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';

/** Whether a request that failed so may have taken effect all the same. */
export function mayHaveHappened(error: ContextSdkError): boolean {
  return (
    (error instanceof NetworkError && error.sent) ||
    error instanceof TimeoutError ||
    error instanceof ServiceUnavailableError ||
    error instanceof UnexpectedResponseError ||
    error instanceof AbortedError
  );
}

/** The failure of a request of a bulk call; its caller's own abort reason becomes an error of ours. */
export function bulkError(failure: unknown, signal: AbortSignal | undefined): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  if (signal?.aborted) return new AbortedError('Aborted while this was on its way.', { service: 'ticktick' });
  throw failure;
}
