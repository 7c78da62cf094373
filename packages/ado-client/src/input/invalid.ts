import { InvalidRequestError } from '@context-sdk/oauth-core';

/** The error for what a caller gave: nothing was sent, and `field` names the culprit. */
export function invalid(field: string, problem: string): InvalidRequestError {
  return new InvalidRequestError(`${field} ${problem}.`, { service: 'azure-devops', field });
}
