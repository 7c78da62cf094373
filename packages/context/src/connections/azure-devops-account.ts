import type { AdoClient } from '@context-sdk/ado-client';
import type { AccessTokenSource, CallOptions } from '@context-sdk/oauth-core';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import type { ConnectedAccount } from './connection.ts';
import { azureDevOpsClient } from './user-clients.ts';

/**
 * Asks the organization whose token it is, since Entra sends no id_token for Azure DevOps' scopes. Empty if no organization is
 * known.
 */
export async function readAzureDevOpsAccount(
  options: ResolvedOptions,
  {
    auth,
    organizationUrl = options.providers.azureDevOps?.organizationUrl,
  }: { auth: AccessTokenSource; organizationUrl: string | undefined },
  call: CallOptions = {},
): Promise<ConnectedAccount> {
  if (organizationUrl === undefined) return {};
  return await accountOfClient(await azureDevOpsClient(options, auth, organizationUrl), call);
}

/** The account of a client's credential: any that the organization knows may ask, whatever its scopes. */
export async function accountOfClient(client: AdoClient, call: CallOptions): Promise<ConnectedAccount> {
  const { id, displayName, uniqueName, email } = await client.identities.me(call);
  return {
    id,
    ...(uniqueName !== undefined && { username: uniqueName }),
    ...(email !== undefined && { email }),
    displayName,
  };
}
