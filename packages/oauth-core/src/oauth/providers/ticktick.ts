import type { OAuthProvider } from '../provider.ts';

function tickTickAt(id: string, domain: string): OAuthProvider {
  return {
    id,
    issuer: `https://${domain}`,
    authorizationEndpoint: `https://${domain}/oauth/authorize`,
    tokenEndpoint: `https://${domain}/oauth/token`,
    revocationEndpoint: `https://api.${domain}/oauth/revoke`,
    endpointHosts: [domain, `api.${domain}`],
    // TickTick behaves like Spring Security OAuth, which does not form-decode Basic credentials.
    clientAuthentication: 'basic-raw',
    defaultScopes: ['tasks:read', 'tasks:write'],
    scopeWithCode: true,
  };
}

/**
 * TickTick. Grants access for about 180 days and, today, no refresh token.
 * https://developer.ticktick.com/docs/openapi.md
 */
export const ticktick: OAuthProvider = /* @__PURE__ */ tickTickAt('ticktick', 'ticktick.com');

/** Dida365, the Chinese twin of TickTick: its accounts, apps and tokens are separate. */
export const dida365: OAuthProvider = /* @__PURE__ */ tickTickAt('dida365', 'dida365.com');
