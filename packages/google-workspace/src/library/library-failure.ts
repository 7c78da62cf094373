import { UnexpectedResponseError } from '@context-sdk/oauth-core';

/**
 * The error for a failure inside Google's library, after an answer that was a success. What the library throws carries
 * the request and the answer, so no more than its name is passed on.
 */
export function libraryFailure(
  service: string,
  operation: string,
  failure: unknown,
): UnexpectedResponseError {
  const name = failure instanceof Error ? failure.name : 'no error';
  return new UnexpectedResponseError(`The answer of ${service} to ${operation} can't be read (${name}).`, {
    service,
  });
}
