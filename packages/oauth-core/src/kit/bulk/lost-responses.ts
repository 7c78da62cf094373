import {
  AbortedError,
  ApiError,
  ConfigurationError,
  ContextSdkError,
  InvalidRequestError,
  NetworkError,
  NotFoundError,
  RateLimitError,
  ServiceUnavailableError,
  TimeoutError,
  UnexpectedResponseError,
} from '../../errors/index.ts';
import type { BulkOutcome } from './outcome.ts';

/** Errors that name a reason for which nothing was done, whatever the status. */
const REFUSALS = [InvalidRequestError, NotFoundError, RateLimitError];

function isServerFailure(error: unknown): boolean {
  if (!(error instanceof ApiError) || REFUSALS.some((Refusal) => error instanceof Refusal)) return false;
  return (error.status ?? 0) >= 500;
}

/** Whether a request that failed with this error may have taken effect all the same. */
export function mayHaveHappened(error: unknown): boolean {
  return (
    (error instanceof NetworkError && error.sent) ||
    error instanceof TimeoutError ||
    error instanceof ServiceUnavailableError ||
    isServerFailure(error) ||
    error instanceof UnexpectedResponseError ||
    error instanceof AbortedError
  );
}

/** Where a bulk call runs. */
export interface BulkContext {
  service: string;
  signal: AbortSignal | undefined;
}

/** A failure of a bulk call's request as an error of ours, whoever caused it: no outcome may be lost with it. */
export function bulkError(failure: unknown, { service, signal }: BulkContext): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  if (signal?.aborted) return new AbortedError('Aborted while this was on its way.', { service });
  // Such as a host's own source of tokens: nothing was sent.
  const name = failure instanceof Error ? failure.name : 'not an Error';
  return new ConfigurationError(`The host's own code failed (${name}).`, { service });
}

/**
 * What is to be done after something was created. If it fails, the {@link ApiError} has that in `details.created`, and the failure as
 * its `cause`, which may be one after which a whole call is repeated: then there would be two.
 */
export async function afterCreating<T>(created: object, rest: Promise<T>, context: BulkContext): Promise<T> {
  try {
    return await rest;
  } catch (failure) {
    if (context.signal?.aborted) throw failure;
    const message = `${context.service} created it, but what had to follow failed.`;
    throw new ApiError(message, {
      service: context.service,
      details: { created },
      cause: bulkError(failure, context),
    });
  }
}

/** What a request of a bulk call gives; undefined where it fails, which settles nothing. */
export async function unlessFailed<T>(request: Promise<T>, context: BulkContext): Promise<T | undefined> {
  try {
    return await request;
  } catch (failure) {
    bulkError(failure, context);
    return undefined;
  }
}

/** The outcomes of a chunk. After a lost response `settle` finds them out; any other failure is that of every item. */
export async function settleLostResponse<R>(
  chunk: readonly unknown[],
  context: BulkContext,
  outcomes: Promise<BulkOutcome<R>[]>,
  settle: (error: ContextSdkError) => BulkOutcome<R>[] | Promise<BulkOutcome<R>[]>,
): Promise<BulkOutcome<R>[]> {
  try {
    return await outcomes;
  } catch (failure) {
    const error = bulkError(failure, context);
    if (mayHaveHappened(error)) return await settle(error);
    return chunk.map(() => ({ status: 'failed', error }));
  }
}

/** The outcomes where nothing can be read back: what may have happened is `unknown`. */
export function unsettled<R>(chunk: readonly unknown[], error: ContextSdkError): BulkOutcome<R>[] {
  return chunk.map(() => ({ status: 'unknown', error }));
}
