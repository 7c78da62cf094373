import { UnexpectedResponseError } from '@context-sdk/oauth-core';

/** The error for an answer that our code can't rely on. */
export function unexpected(problem: string, field?: string): UnexpectedResponseError {
  return new UnexpectedResponseError(`azure-devops ${problem}.`, { service: 'azure-devops', field });
}
