import { OAuthFailure } from '../../oauth/failure.ts';
import { type OAuthApp, type OAuthProfile, randomHex } from '../../oauth/profile.ts';
import type { Scope } from '../api-call.ts';

export const ALL_SCOPES: readonly Scope[] = ['tasks:read', 'tasks:write'];

/** How long tokens live, and whether they can be refreshed. */
export type TokenRules = Pick<OAuthProfile, 'tokenType' | 'accessTokenSeconds' | 'refreshTokens'>;

/** What TickTick does today: half a year, no refresh token. */
export const OFFICIAL_TOKEN_RULES: TokenRules = { tokenType: 'bearer', accessTokenSeconds: 15_551_999 };

/** What the integration guide describes. */
export const GUIDE_TOKEN_RULES: TokenRules = {
  tokenType: 'Bearer',
  accessTokenSeconds: 3600,
  refreshTokens: { rotates: true, reuse: 'revoke' },
};

/** TickTick's authorization server. PKCE works with and without a secret. */
export function ticktickProfile(rules: TokenRules): OAuthProfile {
  return {
    newAccessToken: () => crypto.randomUUID(),
    newRefreshToken: () => crypto.randomUUID(),
    newCode: () => randomHex(12),
    ...rules,
    replayEndsGrant: true,
    redirectsMistakes: true,
    readsQuery: true,
    pages: {
      site: 'TickTick',
      consentTitle: 'Authorize',
      errorTitle: 'Error',
      asks: (account) => `asks for access to the tasks of ${account}`,
      allow: 'Allow',
      deny: 'Deny',
      formAction: 'authorize',
    },
    // No failure of TickTick's own is publicly known.
    failures: { malformedBasic: 'invalid_client: Bad client credentials' },
    comparableUri,
    // Servers of this kind do not form-decode, and most of TickTick's clients do not encode.
    decodeBasic: (text) =>
      new TextDecoder().decode(Uint8Array.from(text, (character) => character.charCodeAt(0))),
    readRequest: (params) => {
      const scopes = parseScopes(params.get('scope') ?? '');
      if (!scopes) throw new OAuthFailure('invalid_scope');
      return { scopes, offline: rules.refreshTokens !== undefined };
    },
    failureExtras: ({ status }, { headers }) =>
      status === 401 && headers.has('authorization')
        ? { headers: { 'www-authenticate': 'Basic realm="oauth"' } }
        : {},
  };
}

/** Scopes separated by spaces. Undefined if there are none or one is unknown. */
export function parseScopes(text: string): readonly Scope[] | undefined {
  const words = new Set(text.split(' ').filter((word) => word !== ''));
  const scopes = ALL_SCOPES.filter((scope) => words.has(scope));
  return scopes.length > 0 && scopes.length === words.size ? scopes : undefined;
}

/** On loopback, any port will do if the app says so, on localhost and 127.0.0.1 alike. */
function comparableUri(uri: string, { anyLoopbackPort }: OAuthApp): string {
  if (!anyLoopbackPort) return uri;
  return uri.replace(/^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?(?=\/[^#]*$)/, 'http://localhost');
}
