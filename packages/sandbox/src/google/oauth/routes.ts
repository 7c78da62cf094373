import { jsonResponse } from '../../http/responses.ts';
import { bodyText } from '../../http/service.ts';
import { OAuthFailure } from '../../oauth/failure.ts';
import { type OAuthRoute, oauthRoutes } from '../../oauth/routes.ts';
import type { OAuthCall } from '../../oauth/server.ts';
import type { GoogleAccounts } from '../accounts.ts';
import { GOOGLE_HOSTS } from '../hosts.ts';
import { jwks } from '../signing-key.ts';

/** The paths begin with the host. */
export function googleOAuthRoutes(accounts: GoogleAccounts): readonly OAuthRoute[] {
  const tokenInfoPath = `/${GOOGLE_HOSTS.oauth}/tokeninfo`;
  const handle = (call: OAuthCall): Response => tokenInfo(call, accounts);
  return [
    ...oauthRoutes(`/${GOOGLE_HOSTS.accounts}/o/oauth2/v2/auth`, `/${GOOGLE_HOSTS.oauth}/token`),
    { operation: 'oauth.revoke', method: 'POST', path: `/${GOOGLE_HOSTS.oauth}/revoke`, handle: revoke },
    { operation: 'oauth.tokeninfo', method: 'GET', path: tokenInfoPath, handle },
    { operation: 'oauth.tokeninfo', method: 'POST', path: tokenInfoPath, handle },
    {
      operation: 'oauth.certs',
      method: 'GET',
      path: `/${GOOGLE_HOSTS.calendar}/oauth2/v3/certs`,
      handle: async () => jsonResponse(await jwks()),
    },
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

/** What an access token is good for. Every value is a string. */
function tokenInfo(call: OAuthCall, accounts: GoogleAccounts): Response {
  const { grants, clock } = call.server;
  const token = parameter(call, 'access_token') ?? '';
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

/** From the form or, as Google's library sends it, from the query. */
function parameter({ request }: OAuthCall, name: string): string | null {
  return new URLSearchParams(bodyText(request)).get(name) ?? request.query.get(name);
}
