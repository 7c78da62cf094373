import { InvalidRequestError } from '@context-sdk/oauth-core';

/** What the host gave can't be right; nothing was sent. */
export function invalid(field: string, problem: string): InvalidRequestError {
  return new InvalidRequestError(`${field} ${problem}.`, { field });
}
