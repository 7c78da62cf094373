import {
  bulkError,
  type Classify,
  mayHaveHappened,
  type SendOptions,
  ServiceResponse,
} from '@context-sdk/oauth-core/client-kit';
import {
  ContextSdkError,
  RateLimitError,
  ServiceUnavailableError,
  UnexpectedResponseError,
} from '@context-sdk/oauth-core/errors';
import { type BatchPart, isConditional, type PartResponse } from '../batch/batch-part.ts';
import { isPassingFailure } from '../errors.ts';
import type { LibraryRequest } from '../wire.ts';

/** Requests that Google refused for a passing reason are sent again, as long as others got through. */
const MAX_ROUNDS = 6;

/** Milliseconds. A call waits for no longer pause either. */
const MAX_PAUSE_MS = 60_000;

/** What a batch is sent with. */
export interface BatchSender<Name extends string> {
  call: {
    readonly service: string;
    readonly signal: AbortSignal | undefined;
    send(name: Name, request: LibraryRequest, options: SendOptions): Promise<ServiceResponse>;
  };
  /** The operation of the batch: one whose `library` is `batch`. */
  name: Name;
  /** Units that one part costs. */
  cost: number;
  classify: Classify;
}

/**
 * Sends up to as many parts as the service takes in one batch. Returns for each its response, or the error that it would
 * have been alone. Rejects if the batch as a whole failed: then any part may have been carried out, or none. Where it fails as parts
 * are sent again, those alone have failed.
 * What has an etag is not sent again once it may have been carried out.
 */
export async function sendBatch<Name extends string>(
  { call, name, cost, classify }: BatchSender<Name>,
  parts: readonly BatchPart[],
): Promise<(ServiceResponse | ContextSdkError)[]> {
  const results = Array.from<ServiceResponse | ContextSdkError>({ length: parts.length });
  let pending = parts.map((part, index) => ({ part, index }));
  for (let round = 1; pending.length > 0; round += 1) {
    const batch = pending.map(({ part }) => part);
    let responses: (PartResponse | undefined)[];
    try {
      const options: SendOptions = batch.some(isConditional) ? { safety: 'unsafe' } : {};
      const { value } = await call.send(name, { batch }, { ...options, cost: cost * batch.length });
      responses = value as typeof responses;
    } catch (failure) {
      if (round === 1) throw failure;
      const error = bulkError(failure, call);
      for (const { index } of pending) results[index] = error;
      return results;
    }
    const again: typeof pending = [];
    for (const [position, one] of pending.entries()) {
      const result = resultOf(responses[position], { service: call.service, operation: name }, classify);
      results[one.index] = result;
      if (round === MAX_ROUNDS || !isPassingSoon(result)) continue;
      if (!isConditional(one.part) || !mayHaveHappened(result)) again.push(one);
    }
    pending = again;
  }
  return results;
}

function isPassingSoon(result: unknown): boolean {
  if (result instanceof RateLimitError && result.retryAfterMs > MAX_PAUSE_MS) return false;
  return isPassingFailure(result);
}

function resultOf(
  part: PartResponse | undefined,
  source: { service: string; operation: string },
  classify: Classify,
): ServiceResponse | ContextSdkError {
  const { service, operation } = source;
  if (part === undefined) {
    return new UnexpectedResponseError(`${service} left a part of ${operation} unanswered.`, { service });
  }
  const failure = classify({ operation, status: part.status, headers: part.headers, text: () => part.body });
  // Another round gets a new token: if it were refused as well, the whole batch would be.
  if (failure === 'unauthorized') {
    return new ServiceUnavailableError(`${service} refused the token of a part of ${operation}.`, {
      service,
    });
  }
  if (failure instanceof ContextSdkError) return failure;
  try {
    return new ServiceResponse(source, part.body === '' ? undefined : JSON.parse(part.body), part.headers);
  } catch {
    const message = `${service} answered a part of ${operation} with something other than JSON.`;
    return new UnexpectedResponseError(message, { service });
  }
}
