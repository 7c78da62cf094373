import type { OAuthProvider } from '../provider.ts';

/**
 * Google, with the scopes for calendars and mail drafts. Users may leave boxes unchecked, so compare the scopes of the
 * token set with what the host needs. While an app's publishing status is "Testing", refresh tokens end after 7 days.
 * https://developers.google.com/identity/protocols/oauth2/web-server
 */
export const google: OAuthProvider = {
  id: 'google',
  issuer: 'https://accounts.google.com',
  otherIssuers: ['accounts.google.com'],
  authorizationEndpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  tokenEndpoint: 'https://oauth2.googleapis.com/token',
  revocationEndpoint: 'https://oauth2.googleapis.com/revoke',
  clientAuthentication: 'post',
  defaultScopes: [
    'https://www.googleapis.com/auth/calendar',
    'https://www.googleapis.com/auth/gmail.compose',
    'openid',
    'email',
  ],
  authorizationParameters: { access_type: 'offline', include_granted_scopes: 'true' },
  // Google issues a refresh token at the first consent only, unless it is asked to ask again.
  offlineParameters: { prompt: 'consent' },
  openid: true,
};
