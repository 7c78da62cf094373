import { AuthorizationError } from '@context-sdk/oauth-core';

/** Whether the user refused at the provider, which also sends users back with failures of its own, such as `server_error`. */
export function isUsersRefusal(error: unknown): boolean {
  if (!(error instanceof AuthorizationError) || error.reason !== 'denied') return false;
  return error.providerCode === undefined || error.providerCode === 'access_denied';
}
