import type { JsonObject } from '../../json.ts';
import { OAuthFailure } from '../../oauth/failure.ts';
import type { Grant } from '../../oauth/grants.ts';
import { type OAuthProfile, randomHex } from '../../oauth/profile.ts';
import { signJwt } from '../../oauth/signing-key.ts';
import type { Clock } from '../../time/clock.ts';
import type { GoogleAccounts } from '../accounts.ts';
import { GOOGLE_FAILURES } from './failures.ts';
import { readGoogleRequest } from './read-request.ts';
import { type GoogleServiceAccount, grantToServiceAccount } from './service-accounts.ts';

/** Google's authorization server: consents last, refresh tokens stay the same, and mistakes end on a page. */
export function googleProfile(
  accounts: GoogleAccounts,
  clock: Clock,
  serviceAccounts: readonly GoogleServiceAccount[] = [],
): OAuthProfile {
  return {
    newAccessToken: () => `ya29.${randomHex()}`,
    newRefreshToken: () => `1//${randomHex()}`,
    // https://developers.google.com/identity/protocols/oauth2#expiration
    maxRefreshTokens: 100,
    remembersConsent: true,
    newCode: () => `4/0A${randomHex(32)}`,
    tokenType: 'Bearer',
    accessTokenSeconds: 3599,
    refreshTokens: { rotates: false, reuse: 'allow' },
    replayEndsGrant: false,
    takesPlainChallenges: true,
    takesResponseModes: true,
    redirectsMistakes: false,
    pages: {
      site: 'Google',
      consentTitle: 'Sign in with Google',
      errorTitle: 'Access blocked',
      asks: (account) => `wants access to the account of ${accounts.get(account).name} (${account})`,
      allow: 'Continue',
      deny: 'Cancel',
      formAction: 'auth',
      errorText: ({ status, error, message }) => `Error ${status}: ${error}. ${message}`,
    },
    failures: GOOGLE_FAILURES,
    comparableUri: (uri) => uri.replace(/^(http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])):\d+(?=\/|$)/, '$1'),
    decodeBasic: (text) => new URLSearchParams(`value=${text}`).get('value') ?? '',
    readRequest: (params) => {
      const hint = params.get('login_hint');
      const account = accounts.all.find(({ email, sub }) => hint === email || hint === sub);
      return { ...readGoogleRequest(params), ...(account && { account: account.email }) };
    },
    checkRefresh: (_, { consent }) => {
      if (consent.needsReauthentication) throw new OAuthFailure(GOOGLE_FAILURES.reauthentication);
    },
    grantToAssertion: (assertion) =>
      grantToServiceAccount(assertion, { accounts, serviceAccounts, now: clock.now() }),
    device: {
      verificationUri: 'https://www.google.com/device',
      uriName: 'verification_url',
      expiresInSeconds: 1800,
    },
    failureExtras: ({ message, error }) => ({
      ...(message.includes('invalid_rapt') && { fields: { error_subtype: 'invalid_rapt' } }),
      ...(Object.hasOwn(DEVICE_STATUS, error) && { status: DEVICE_STATUS[error] }),
    }),
    callbackFields: (scopes) => ({ scope: scopes.join(' '), authuser: '0' }),
    tokenFields: async (grant, nonce) =>
      grant.scopes.includes('openid')
        ? { id_token: await signJwt(idTokenClaims(grant, nonce, accounts, clock)) }
        : {},
  };
}

/** https://developers.google.com/identity/protocols/oauth2/limited-input-device#error-codes */
const DEVICE_STATUS: Readonly<Record<string, number>> = {
  authorization_pending: 428,
  slow_down: 403,
  access_denied: 403,
};

function idTokenClaims(
  { consent: { account, clientId }, scopes }: Grant,
  nonce: string | undefined,
  accounts: GoogleAccounts,
  clock: Clock,
): JsonObject {
  const { sub, email, name } = accounts.get(account);
  const now = Math.floor(clock.now() / 1000);
  return {
    iss: 'https://accounts.google.com',
    azp: clientId,
    aud: clientId,
    sub,
    ...(scopes.some((scope) => scope.endsWith('/userinfo.email')) && { email, email_verified: true }),
    ...(scopes.some((scope) => scope.endsWith('/userinfo.profile')) && { name }),
    ...(nonce !== undefined && { nonce }),
    iat: now,
    exp: now + 3600,
  };
}
