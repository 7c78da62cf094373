import { ConfigurationError, staticToken, type TokenSet } from '@context-sdk/oauth-core';
import type { ConnectedAccount } from '../../connections/connection.ts';
import { limiterAccount } from '../../connections/limiter-account.ts';
import { azureDevOpsClient, googleClients, tickTickClient } from '../../connections/user-clients.ts';
import type { ProviderId } from '../../options/provider-id.ts';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import type { ConnectedClient } from './on-connected.ts';

/** A client on a token that was issued just now. Its calls count against the limits of the account. */
export async function connectedClient(
  options: ResolvedOptions,
  provider: ProviderId,
  { tokenSet: { accessToken }, known }: { tokenSet: TokenSet; known: ConnectedAccount },
  chosenOrganizationUrl: string | undefined,
): Promise<ConnectedClient> {
  const organizationUrl = chosenOrganizationUrl ?? options.providers.azureDevOps?.organizationUrl;
  const account = await limiterAccount(provider, known);
  const auth = { ...staticToken(accessToken), ...(account !== undefined && { account }) };
  if (provider === 'ticktick') return { provider, client: tickTickClient(options, auth) };
  if (provider === 'google') {
    const { calendar: client, gmail } = googleClients(options, auth);
    return { provider, client, gmail };
  }
  if (organizationUrl !== undefined) {
    return { provider, client: await azureDevOpsClient(options, auth, organizationUrl) };
  }
  throw new ConfigurationError('No organizationUrl is known.', { service: provider });
}
