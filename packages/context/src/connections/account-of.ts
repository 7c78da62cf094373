import {
  type AccessTokenSource,
  type CallOptions,
  identityOf,
  staticToken,
  type TokenSet,
} from '@context-sdk/oauth-core';
import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import type { ConnectedAccount } from './connection.ts';
import { tickTickClient } from './user-clients.ts';

/** The account that tokens belong to, as far as the provider tells. Entra sends no id_token for Azure DevOps scopes. */
export async function accountOf(
  options: ResolvedOptions,
  provider: ProviderId,
  tokenSet: TokenSet,
  call?: CallOptions,
): Promise<ConnectedAccount> {
  if (provider === 'ticktick') {
    if (options.providers.ticktick?.dialect === 'guide') return {};
    return await tickTickAccount(options, staticToken(tokenSet.accessToken), call);
  }
  const identity = identityOf(tokenSet);
  if (identity === undefined) return {};
  const { subject, email, name } = identity;
  return { id: subject, ...(email && { email }), ...(name && { displayName: name }) };
}

/** Reads the account in two requests, from the members of the inbox. Gateways of the guide's dialect do not tell it. */
export async function tickTickAccount(
  options: ResolvedOptions,
  auth: AccessTokenSource,
  call?: CallOptions,
): Promise<ConnectedAccount> {
  const client = tickTickClient(options, auth);
  if (options.providers.ticktick?.dialect === 'guide') {
    // The only way to verify a token at such a gateway.
    for await (const _ of client.tasks.listOpen(call)) break;
    return {};
  }
  const { id, username, displayName } = await client.account.get(call);
  return { ...(id && { id }), username, email: username, ...(displayName && { displayName }) };
}
