import {
  AbortedError,
  ConfigurationError,
  ContextSdkError,
  NetworkError,
  ServiceUnavailableError,
  TimeoutError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core';
import type { BulkOutcome } from './outcome.ts';

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

/** The failure of a request of a bulk call as an error of ours, whoever failed: outcomes must not be lost with it. */
export function bulkError(failure: unknown, signal: AbortSignal | undefined): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  if (signal?.aborted) return new AbortedError('Aborted while this was on its way.', { service: 'ticktick' });
  // Such as a host's own source of tokens: nothing was sent.
  const said = failure instanceof Error ? failure.name : 'something that is no error';
  return new ConfigurationError(`The host's own code failed (${said}).`, { service: 'ticktick' });
}

/** What a request of a bulk call gives; undefined where it fails, which settles nothing. */
export async function unlessFailed<T>(
  request: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T | undefined> {
  try {
    return await request;
  } catch (failure) {
    bulkError(failure, signal);
    return undefined;
  }
}

/** The outcomes of a chunk: `settle` finds them out after a lost answer, any other failure is that of every item. */
export async function settled<R>(
  chunk: readonly unknown[],
  signal: AbortSignal | undefined,
  outcomes: Promise<BulkOutcome<R>[]>,
  settle: (error: ContextSdkError) => BulkOutcome<R>[] | Promise<BulkOutcome<R>[]>,
): Promise<BulkOutcome<R>[]> {
  try {
    return await outcomes;
  } catch (failure) {
    const error = bulkError(failure, signal);
    if (mayHaveHappened(error)) return await settle(error);
    return chunk.map(() => ({ status: 'failed', error }));
  }
}
