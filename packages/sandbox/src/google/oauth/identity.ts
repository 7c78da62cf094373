import { emptyResponse, jsonResponse } from '../../http/responses.ts';
import type { JsonObject } from '../../json.ts';
import { OAuthFailure } from '../../oauth/failure.ts';
import type { OAuthRoute } from '../../oauth/routes.ts';
import type { OAuthCall } from '../../oauth/server.ts';
import { jwks, pemCertificates } from '../../oauth/signing-key.ts';
import type { GoogleAccounts } from '../accounts.ts';
import { GOOGLE_HOSTS } from '../hosts.ts';

/** https://accounts.google.com/.well-known/openid-configuration */
const DISCOVERY: JsonObject = {
  issuer: 'https://accounts.google.com',
  authorization_endpoint: 'https://accounts.google.com/o/oauth2/v2/auth',
  device_authorization_endpoint: 'https://oauth2.googleapis.com/device/code',
  token_endpoint: 'https://oauth2.googleapis.com/token',
  userinfo_endpoint: 'https://openidconnect.googleapis.com/v1/userinfo',
  revocation_endpoint: 'https://oauth2.googleapis.com/revoke',
  jwks_uri: 'https://www.googleapis.com/oauth2/v3/certs',
  response_types_supported: ['code'],
  response_modes_supported: ['query', 'fragment', 'form_post'],
  subject_types_supported: ['public'],
  id_token_signing_alg_values_supported: ['RS256'],
  scopes_supported: ['openid', 'email', 'profile'],
  token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
  claims_supported: ['aud', 'email', 'email_verified', 'exp', 'iat', 'iss', 'name', 'sub'],
  code_challenge_methods_supported: ['plain', 'S256'],
  grant_types_supported: [
    'authorization_code',
    'refresh_token',
    'urn:ietf:params:oauth:grant-type:device_code',
  ],
};

/** Discovery, the keys in both forms, and who a token's user is, in each version that libraries call. */
export function identityRoutes(accounts: GoogleAccounts): readonly OAuthRoute[] {
  const { accounts: site, calendar: apis, openId } = GOOGLE_HOSTS;
  const get = (operation: string, path: string, handle: OAuthRoute['handle']): OAuthRoute => ({
    operation,
    method: 'GET',
    path,
    handle,
  });
  const userInfo = (form: UserInfoForm) => (call: OAuthCall) => answerUserInfo(call, accounts, form);
  return [
    get('oauth.discovery', `/${site}/.well-known/openid-configuration`, () => jsonResponse(DISCOVERY)),
    get('oauth.certs', `/${apis}/oauth2/v3/certs`, async () => jsonResponse(await jwks())),
    get('oauth.certs', `/${apis}/oauth2/v1/certs`, async ({ server }) =>
      jsonResponse(await pemCertificates(server.clock.now())),
    ),
    get('oauth.userinfo', `/${openId}/v1/userinfo`, userInfo('openid')),
    get('oauth.userinfo', `/${apis}/oauth2/v3/userinfo`, userInfo('openid')),
    get('oauth.userinfo', `/${apis}/oauth2/v2/userinfo`, userInfo('old')),
    get('oauth.userinfo', `/${apis}/oauth2/v1/userinfo`, userInfo('old')),
    get('oauth.userinfo', `/${apis}/userinfo/v2/me`, userInfo('old')),
  ];
}

/** `openid`: the claims of OpenID Connect. `old`: discovery of `oauth2:v2`, with `id` and `verified_email`. */
type UserInfoForm = 'openid' | 'old';

function answerUserInfo(
  { server, request }: OAuthCall,
  accounts: GoogleAccounts,
  form: UserInfoForm,
): Response {
  const { grants } = server;
  const header = request.headers.get('authorization');
  const token = request.query.get('access_token');
  const grant = header === null && token !== null ? grants.authorize(token) : grants.authorizeBearer(header);
  if (!grant) return invalidCredentials(form);
  const { sub, email, name } = accounts.get(grant.consent.account);
  const has = (end: string): boolean =>
    grant.scopes.some((scope) => scope === end || scope.endsWith(`/${end}`));
  if (!has('openid') && !has('userinfo.email') && !has('userinfo.profile')) return emptyResponse(403);
  const [givenName = '', ...others] = name.split(' ');
  return jsonResponse({
    ...(form === 'old' ? { id: sub } : { sub }),
    ...(has('userinfo.email') && {
      email,
      ...(form === 'old' ? { verified_email: true } : { email_verified: true }),
    }),
    ...(has('userinfo.profile') && { name, given_name: givenName, family_name: others.join(' ') }),
  });
}

function invalidCredentials(form: UserInfoForm): Response {
  if (form === 'openid')
    return new OAuthFailure('invalid_request: Invalid Credentials').toResponse({ status: 401 });
  const error = { code: 401, message: 'Invalid Credentials', status: 'UNAUTHENTICATED' };
  return jsonResponse({ error }, 401);
}
