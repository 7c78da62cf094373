import { type OAuthClient, TokenManager } from '@context-sdk/oauth-core';
import type { ProviderId } from '../options/provider-id.ts';
import type { ResolvedOptions } from '../options/resolved-options.ts';
import { revocationsOf } from '../options/revocations.ts';
import { keys } from '../records/keys.ts';

/** Whose OAuth tokens, and what signs in and refreshes them. */
export interface TokensOwner {
  userId: string;
  provider: ProviderId;
  client: OAuthClient;
}

/** A user's OAuth tokens at a provider. */
export function userTokens(
  options: ResolvedOptions,
  { userId, provider, client }: TokensOwner,
): TokenManager {
  const { store, requests, revocations } = options;
  return new TokenManager({
    client,
    store,
    key: keys.tokens(userId, provider),
    hooks: requests.hooks,
    revocations: revocationsOf(userId, revocations),
  });
}
