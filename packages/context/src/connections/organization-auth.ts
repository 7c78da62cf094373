import { type AccessTokenSource, ConfigurationError } from '@context-sdk/oauth-core';
import type { ConnectionAuth } from './connection-auth.ts';

/**
 * A user's credentials for one organization only. If the user connects another organization while a client for the first
 * is still in use, the new token is not sent to the old organization.
 */
export function organizationAuth(
  auth: ConnectionAuth,
  organizationUrl: string,
  /** The organization of users who did not choose one. */
  defaultUrl: string | undefined,
): AccessTokenSource {
  const checkOrganization = async (): Promise<void> => {
    const record = await auth.record();
    if ((record?.organizationUrl ?? defaultUrl) === organizationUrl) return;
    throw new ConfigurationError(
      'The user has since connected another organization. Call user.azureDevOps() again.',
      { service: 'azure-devops' },
    );
  };
  return {
    get scheme() {
      return auth.scheme;
    },
    get account() {
      return auth.account;
    },
    current: (grantId) => auth.current(grantId),
    lacks: (anyOf) => auth.lacks(anyOf),
    async getAccessToken(options) {
      await checkOrganization();
      return await auth.getAccessToken(options);
    },
    async getCredential(options) {
      await checkOrganization();
      return await auth.getCredential(options);
    },
  };
}
