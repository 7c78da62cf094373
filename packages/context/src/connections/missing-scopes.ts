import type { OAuthProvider, TokenStatus } from '@context-sdk/oauth-core';

/** Scopes that say who the user is or that a refresh token is wanted: providers do not list them as granted. */
const NO_ACCESS = new Set(['openid', 'email', 'profile', 'offline_access']);

/** What the host asks for and the user did not grant. Providers that tell no scopes have granted what was asked. */
export function missingScopes(provider: OAuthProvider, { scopes }: TokenStatus): string[] {
  if (scopes === undefined || scopes.length === 0) return [];
  // Entra takes upper and lower case as one, and answers in its own.
  const granted = new Set(scopes.map((scope) => scope.toLowerCase()));
  return provider.defaultScopes.filter((scope) => !NO_ACCESS.has(scope) && !granted.has(scope.toLowerCase()));
}
