import { MissingScopeError, ReauthorizationRequiredError } from '@context-sdk/oauth-core';

/** What ends when a person connects the service, or lets it allow more. */
export type ConnectionMissing = ReauthorizationRequiredError | MissingScopeError;

export function isConnectionMissing(error: unknown): error is ConnectionMissing {
  return error instanceof ReauthorizationRequiredError || error instanceof MissingScopeError;
}
