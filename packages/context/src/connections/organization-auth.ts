import { type AccessTokenOptions, type AccessTokenSource, ConfigurationError } from '@context-sdk/oauth-core';
import type { ConnectionAuth } from './connection-auth.ts';

/**
 * A user's credentials for one organization alone: should the user connect another while a client of the first is still
 * in somebody's hands, the new token is not told to the old organization.
 */
export function organizationAuth(
  auth: ConnectionAuth,
  organizationUrl: string,
  byDefault: boolean,
): AccessTokenSource {
  return {
    get scheme() {
      return auth.scheme;
    },
    account: auth.account,
    current: () => auth.current(),
    lacks: (anyOf) => auth.lacks(anyOf),
    async getAccessToken(options?: AccessTokenOptions) {
      const record = await auth.record();
      const connected = record?.organizationUrl;
      if (connected === organizationUrl || (connected === undefined && byDefault)) {
        return await auth.getAccessToken(options);
      }
      throw new ConfigurationError(
        'The user has connected another organization since: ask for the client again.',
        {
          service: 'azure-devops',
        },
      );
    },
  };
}
