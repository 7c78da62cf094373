import type { AccessTokenSource } from '@context-sdk/oauth-core';

/** The same source; its limits are those of one user in one organization, which is how Azure DevOps counts. */
export function limitsOfOneOrganization(auth: AccessTokenSource, organizationUrl: string): AccessTokenSource {
  const { account } = auth;
  if (account === undefined) return auth;
  return {
    // A user may come to connect in another way.
    get scheme() {
      return auth.scheme ?? 'Bearer';
    },
    account: `${organizationUrl}/${account}`,
    getAccessToken: (options) => auth.getAccessToken(options),
    ...(auth.current && { current: () => auth.current?.() }),
    ...(auth.lacks && { lacks: async (anyOf) => (await auth.lacks?.(anyOf)) ?? false }),
  };
}
