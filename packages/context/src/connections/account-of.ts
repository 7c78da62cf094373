import {
  type AccessTokenSource,
  type CallOptions,
  identityOf,
  staticToken,
  type TokenSet,
} from '@context-sdk/oauth-core';
import { TickTickClient } from '@context-sdk/ticktick-client';
import type { ProviderId } from '../options/provider-id.ts';
import type { Setup } from '../options/resolved-options.ts';
import type { ConnectedAccount } from './connection-record.ts';

/** By the inbox's members: two requests. The guide's gateways have no route that would tell. */
export async function tickTickAccount(
  { providers, requests }: Setup,
  auth: AccessTokenSource,
  options?: CallOptions,
): Promise<ConnectedAccount> {
  const { region, dialect, baseUrl, limits } = providers.ticktick ?? {};
  const client = new TickTickClient({ ...requests, auth, region, dialect, baseUrl, limits });
  if (dialect === 'guide') {
    // The guide's only way to ask whether a token is good.
    for await (const _ of client.tasks.listOpen(options)) break;
    return {};
  }
  const { id, username, displayName } = await client.account.get(options);
  return { ...(id && { id }), username, email: username, ...(displayName && { displayName }) };
}

/** Whose tokens a sign-in gave, as far as the provider tells: Entra gives no id_token for Azure DevOps' scopes. */
export async function whoseTokens(
  setup: Setup,
  provider: ProviderId,
  tokenSet: TokenSet,
  options?: CallOptions,
): Promise<ConnectedAccount> {
  if (provider === 'ticktick') {
    return setup.providers.ticktick?.dialect === 'guide'
      ? {}
      : await tickTickAccount(setup, staticToken(tokenSet.accessToken), options);
  }
  const identity = identityOf(tokenSet);
  if (identity === undefined) return {};
  const { subject, email, name } = identity;
  return { id: subject, ...(email && { email }), ...(name && { displayName: name }) };
}
