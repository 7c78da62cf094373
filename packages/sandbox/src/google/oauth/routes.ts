import { jsonResponse } from '../../http/responses.ts';
import { bodyText } from '../../http/service.ts';
import { beginDevice, decideDevice } from '../../oauth/device.ts';
import { OAuthFailure } from '../../oauth/failure.ts';
import { type OAuthRoute, oauthRoutes } from '../../oauth/routes.ts';
import type { OAuthCall } from '../../oauth/server.ts';
import { verifiedClaims } from '../../oauth/signing-key.ts';
import { token as answerToken } from '../../oauth/token.ts';
import type { GoogleAccounts } from '../accounts.ts';
import { GOOGLE_HOSTS } from '../hosts.ts';
import { identityRoutes } from './identity.ts';

/** The paths begin with the host. */
export function googleOAuthRoutes(accounts: GoogleAccounts): readonly OAuthRoute[] {
  const { accounts: site, oauth: server, calendar: apis, site: google } = GOOGLE_HOSTS;
  const old = `/${site}/o/oauth2`;
  const handle = (call: OAuthCall): Promise<Response> => tokenInfo(call, accounts);
  const tokenInfos = [
    `/${server}/tokeninfo`,
    ...[1, 2, 3].map((version) => `/${apis}/oauth2/v${version}/tokeninfo`),
  ];
  return [
    ...oauthRoutes(`/${site}/o/oauth2/v2/auth`, `/${server}/token`),
    // The addresses of before, which libraries still use.
    ...oauthRoutes(`${old}/auth`, `${old}/token`),
    { operation: 'oauth.token', method: 'POST', path: `/${apis}/oauth2/v4/token`, handle: answerToken },
    ...['GET', 'POST'].flatMap((method) => [
      { operation: 'oauth.revoke', method, path: `/${server}/revoke`, handle: revoke },
      { operation: 'oauth.revoke', method, path: `${old}/revoke`, handle: revoke },
      ...tokenInfos.map((path) => ({ operation: 'oauth.tokeninfo', method, path, handle })),
    ]),
    { operation: 'oauth.device', method: 'POST', path: `/${server}/device/code`, handle: beginDevice },
    { operation: 'oauth.device.page', method: 'GET', path: `/${google}/device`, handle: decideDevice },
    { operation: 'oauth.device.consent', method: 'POST', path: `/${google}/device`, handle: decideDevice },
    ...identityRoutes(accounts),
  ];
}

/** Takes back the consent behind a live access or refresh token. */
function revoke(call: OAuthCall): Response {
  const { grants } = call.server;
  const token = parameter(call, 'token');
  if (token === null) return new OAuthFailure('invalid_request: Missing token').toResponse();
  const { consent } = grants.authorize(token) ?? grants.findRefreshToken(token)?.grant ?? {};
  if (!consent || consent.revoked)
    return new OAuthFailure('invalid_token: Token expired or revoked').toResponse();
  consent.revoked = true;
  return jsonResponse({});
}

/** What an access token is good for, or what an ID token says. Every value is a string. */
async function tokenInfo(call: OAuthCall, accounts: GoogleAccounts): Promise<Response> {
  const idToken = parameter(call, 'id_token');
  if (idToken !== null) return await idTokenInfo(idToken);
  const { grants, clock } = call.server;
  const [, bearer] = /^Bearer (\S+)$/i.exec(call.request.headers.get('authorization') ?? '') ?? [];
  const token = parameter(call, 'access_token') ?? bearer ?? '';
  const grant = grants.authorize(token);
  if (!grant) return new OAuthFailure('invalid_token: Invalid Value').toResponse();
  const { account, clientId, offline } = grant.consent;
  const { sub, email } = accounts.get(account);
  const seconds = grants.remainingSeconds(token);
  const knowsEmail = grant.scopes.some((scope) => scope.endsWith('/userinfo.email'));
  return jsonResponse({
    azp: clientId,
    aud: clientId,
    sub,
    scope: grant.scopes.join(' '),
    exp: String(Math.floor(clock.now() / 1000) + seconds),
    expires_in: String(seconds),
    ...(knowsEmail && { email, email_verified: 'true' }),
    access_type: offline ? 'offline' : 'online',
  });
}

async function idTokenInfo(idToken: string): Promise<Response> {
  const claims = await verifiedClaims(idToken);
  if (typeof claims !== 'object' || claims === null) {
    return new OAuthFailure('invalid_token: Invalid Value').toResponse();
  }
  return jsonResponse(
    Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)])),
  );
}

/** From the form or, as Google's library sends it, from the query. */
function parameter({ request }: OAuthCall, name: string): string | null {
  return new URLSearchParams(bodyText(request)).get(name) ?? request.query.get(name);
}
