import { OAuthClient, type OAuthClientOptions } from '@context-sdk/oauth-core';
import { vi } from 'vitest';
import type { OidcServer } from './oidc-server.ts';

export const REDIRECT_URI = 'http://127.0.0.1:9999/callback';

/** `client-1` of the server, unless the options say otherwise. */
export function oidcClient({ issuer }: OidcServer, options: Partial<OAuthClientOptions>): OAuthClient {
  return new OAuthClient({
    provider: {
      id: 'oidc',
      issuer,
      authorizationEndpoint: `${issuer}/auth`,
      tokenEndpoint: `${issuer}/token`,
      revocationEndpoint: `${issuer}/token/revocation`,
      clientAuthentication: 'basic',
      defaultScopes: ['openid', 'offline_access', 'tasks:read'],
      authorizationParameters: { prompt: 'consent' },
      openid: true,
      issuerInCallback: true,
    },
    clientId: 'client-1',
    redirectUri: REDIRECT_URI,
    ...options,
  });
}

/** oidc-provider advises on the console about what is right for a test. */
export function withoutAdvice(): void {
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  vi.spyOn(console, 'info').mockImplementation(() => undefined);
}
