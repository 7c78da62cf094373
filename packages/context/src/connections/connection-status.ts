import type { TokenManager, TokenStatus } from '@context-sdk/oauth-core';
import type { OAuthProvider } from '@context-sdk/oauth-core/providers';
import type { ProviderId } from '../options/provider-id.ts';
import type { Connection, ConnectionRecord } from './connection.ts';

/** Scopes that grant no access. Providers do not list them as granted. */
const IDENTITY_SCOPES = new Set(['openid', 'email', 'profile', 'offline_access']);

/** The state of a connection that has a record. */
export async function connectionStatus(
  provider: ProviderId,
  record: ConnectionRecord,
  oauth: { tokens: TokenManager | undefined; provider: OAuthProvider | undefined },
): Promise<Connection> {
  const { kind, connectedAt, account: identity, organizationUrl } = record;
  const facts = {
    provider,
    account: 'default',
    kind,
    connectedAt,
    ...(identity && { identity }),
    ...(organizationUrl && { organizationUrl }),
  } as const;
  if (kind === 'oauth') {
    // Tokens of an app that the host has no more can't be used.
    if (oauth.tokens === undefined)
      return { ...facts, state: 'needs-reauthorization', reason: 'never-connected' };
    return { ...facts, ...grantStatus(await oauth.tokens.status(), oauth.provider) };
  }
  if (record.isRejected) return { ...facts, state: 'needs-reauthorization', reason: 'rejected' };
  return { ...facts, state: 'connected' };
}

function grantStatus(
  status: TokenStatus,
  provider: OAuthProvider | undefined,
): Pick<Connection, 'state' | 'reason' | 'expiresAt' | 'refreshable' | 'missingScopes'> {
  const { state, reason, expiresAt, refreshable } = status;
  const missing = provider === undefined ? [] : missingScopes(provider, status);
  return {
    state: state === 'connected' && missing.length > 0 ? 'missing-scopes' : state,
    ...(reason && { reason }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(refreshable !== undefined && { refreshable }),
    ...(missing.length > 0 && { missingScopes: missing }),
  };
}

/** The requested scopes that were not granted, by themselves or in a wider one. A provider that reports no scopes granted them all. */
function missingScopes({ defaultScopes, widerScopes }: OAuthProvider, { scopes }: TokenStatus): string[] {
  if (scopes === undefined || scopes.length === 0) return [];
  // Entra ignores case and responds in its own.
  const granted = new Set(scopes.map((scope) => scope.toLowerCase()));
  return defaultScopes.filter(
    (scope) =>
      !IDENTITY_SCOPES.has(scope) &&
      ![scope, ...(widerScopes?.[scope] ?? [])].some((name) => granted.has(name.toLowerCase())),
  );
}
