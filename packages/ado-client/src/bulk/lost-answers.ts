import {
  AbortedError,
  ConfigurationError,
  ContextSdkError,
  NetworkError,
  ServiceUnavailableError,
  TimeoutError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';

/** Whether a request that failed so may have taken effect all the same. */
export function mayHaveHappened(error: unknown): boolean {
  return (
    (error instanceof NetworkError && error.sent) ||
    error instanceof TimeoutError ||
    error instanceof ServiceUnavailableError ||
    error instanceof UnexpectedResponseError ||
    error instanceof AbortedError
  );
}

/** The failure of a request of a bulk call as an error of ours, whoever failed: outcomes must not be lost with it. */
export function bulkError(failure: unknown, signal: AbortSignal | undefined): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  if (signal?.aborted)
    return new AbortedError('Aborted while this was on its way.', { service: 'azure-devops' });
  // Such as a host's own source of tokens: nothing was sent.
  const said = failure instanceof Error ? failure.name : 'something that is no error';
  return new ConfigurationError(`The host's own code failed (${said}).`, { service: 'azure-devops' });
}
