import { type OAuthClient, TokenManager, type TokenSet, type TokenStore } from '@context-sdk/oauth-core';

/** A user's tokens, without the facade: `new TickTickClient({ auth: await tokensOf(…) })`. */
export async function tokensOf(
  client: OAuthClient,
  store: TokenStore,
  userId: string,
  fromSignIn: TokenSet,
): Promise<TokenManager> {
  const tokens = new TokenManager({ client, store, key: `${userId}/ticktick/default` });
  await tokens.save(fromSignIn);
  return tokens; // tokens.getAccessToken() refreshes when it has to, and stores before it returns
}
