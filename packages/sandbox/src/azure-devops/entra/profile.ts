import { OAuthFailure } from '../../oauth/failure.ts';
import type { Grant } from '../../oauth/grants.ts';
import { type AppAccess, type OAuthApp, type OAuthProfile, randomHex } from '../../oauth/profile.ts';
import type { Clock } from '../../time/clock.ts';
import { type AzureDevOpsPerson, DEMO_SERVICE_PRINCIPAL } from '../organization/person.ts';
import { ENTRA_FAILURES, entraFailureExtras, NO_STORE } from './failures.ts';
import { idTokenFields } from './identity.ts';
import { allowedScopes, DEFAULT_SCOPE, isGraphScope, openIdScopes, requestedScopes } from './scopes.ts';
import { ANY_TENANT, isTenant } from './tenant.ts';

/**
 * Entra ID. Each refresh gives a new refresh token and lets the old one live; `refreshReuse: 'revoke'` makes a second use
 * end the grant. 90 idle days end a refresh token.
 */
export function entraProfile(options: {
  people: readonly AzureDevOpsPerson[];
  clock: Clock;
  refreshReuse: 'allow' | 'revoke';
}): OAuthProfile {
  const { people, clock, refreshReuse } = options;
  return {
    newAccessToken: () => `eyJ0eXAiOiJKV1QifQ.${randomHex()}.${randomHex()}`,
    newRefreshToken: () => `0.${randomHex()}.${randomHex()}`,
    newCode: () => `1.${randomHex(32)}`,
    tokenType: 'Bearer',
    accessTokenSeconds: 3599,
    refreshTokens: { rotates: true, reuse: refreshReuse, lifetimeMs: 90 * 86_400_000 },
    replayEndsGrant: true,
    redirectsMistakes: true,
    // https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
    takesPlainChallenges: true,
    takesResponseModes: true,
    pages: {
      site: 'Microsoft Entra ID',
      consentTitle: 'Permissions requested',
      errorTitle: 'Sign in',
      asks: (account) => {
        const person = people.find(({ uniqueName }) => uniqueName === account);
        return `asks for access to the work items of ${person?.displayName ?? account}`;
      },
      allow: 'Accept',
      deny: 'Cancel',
      formAction: 'authorize',
    },
    failures: ENTRA_FAILURES,
    cacheControl: NO_STORE,
    comparableUri: (uri) => uri.replace(/^http:\/\/(localhost|127\.0\.0\.1)(?::\d+)?\//, 'http://$1/'),
    decodeBasic: decodeURIComponent,
    checkPath: (path) => {
      const tenant = path.get('tenant') ?? '';
      if (!isTenant(tenant)) throw new OAuthFailure(ENTRA_FAILURES.unknownTenant, tenant);
    },
    readRequest: (params) => {
      const text = params.get('scope') ?? '';
      return {
        scopes: readScopes(text),
        openId: openIdScopes(text),
        offline: text.split(' ').includes('offline_access'),
      };
    },
    checkRefresh: (form, grant) => checkScope(form.get('scope'), grant),
    grantToApp,
    // https://learn.microsoft.com/entra/identity-platform/certificate-credentials: also the tenant's issuer.
    audiences: (tokenEndpoint) => [tokenEndpoint, tokenEndpoint.replace(/oauth2\/v2\.0\/token$/, 'v2.0')],
    callbackFields: () => ({ session_state: crypto.randomUUID() }),
    device: {
      verificationUri: 'https://login.microsoftonline.com/device',
      uriName: 'verification_uri',
      expiresInSeconds: 900,
    },
    tokenFields: async (grant, nonce) => ({
      ext_expires_in: 3599,
      ...(await idTokenFields(grant, nonce, { people, now: clock.now() })),
    }),
    failureExtras: (failure) => entraFailureExtras(failure, clock.now()),
  };
}

function readScopes(text: string): readonly string[] {
  const scopes = requestedScopes(text);
  const isSignIn = openIdScopes(text).includes('openid') && scopes.every(isGraphScope);
  if (!isSignIn && !allowedScopes(scopes)) throw new OAuthFailure(ENTRA_FAILURES.invalidScope, text);
  return scopes;
}

/** A refresh may ask for less, or for nothing in particular. */
function checkScope(text: string | null, { scopes }: Grant): void {
  if (text === null) return;
  const granted: readonly string[] = allowedScopes(scopes) ?? scopes;
  const read = readScopes(text);
  const wanted: readonly string[] = allowedScopes(read) ?? read;
  if (!wanted.every((scope) => granted.includes(scope))) throw new OAuthFailure(ENTRA_FAILURES.notConsented);
}

/** An app's own identity: only with a secret or a key, at its own tenant, for `.default` alone, and without a refresh token. */
function grantToApp(
  form: URLSearchParams,
  { clientSecret, publicKeys }: OAuthApp,
  path: ReadonlyMap<string, string>,
): AppAccess {
  const scope = form.get('scope') ?? '';
  if (ANY_TENANT.includes(path.get('tenant') ?? '')) throw new OAuthFailure(ENTRA_FAILURES.noTenant);
  if (clientSecret === undefined && publicKeys === undefined)
    throw new OAuthFailure(ENTRA_FAILURES.publicApp);
  if (scope !== DEFAULT_SCOPE) throw new OAuthFailure(ENTRA_FAILURES.notDefaultScope, scope);
  return { account: DEMO_SERVICE_PRINCIPAL.uniqueName, scopes: [DEFAULT_SCOPE] };
}
