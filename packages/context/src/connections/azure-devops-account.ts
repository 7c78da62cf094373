import type { AccessTokenSource, CallOptions } from '@context-sdk/oauth-core';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import type { ConnectedAccount } from './connection.ts';
import { azureDevOpsClient } from './user-clients.ts';

interface ConnectionData {
  authenticatedUser?: {
    id?: string;
    providerDisplayName?: string;
    properties?: { Account?: { $value?: string } };
  };
}

/**
 * Asks the organization whose token it is, since Entra sends no id_token for Azure DevOps' scopes. Any token may ask. Empty if
 * no organization is known.
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
  const client = await azureDevOpsClient(options, auth, organizationUrl);
  const response = await client.fetch('_apis/connectionData', {}, call);
  const { authenticatedUser: user = {} } = (await response.json()) as ConnectionData;
  const email = user.properties?.Account?.$value;
  return {
    ...(user.id && { id: user.id }),
    ...(email && { username: email, email }),
    ...(user.providerDisplayName && { displayName: user.providerDisplayName }),
  };
}
