import { jsonResponse } from '../../http/responses.ts';
import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { OAuthFailure } from './oauth-failure.ts';
import type { GoogleOAuthState } from './oauth-state.ts';

/** What an access token is good for. Every value is a string. */
export function tokenInfo({ grants, accounts, clock }: GoogleOAuthState, request: ServiceRequest): Response {
  const form = new URLSearchParams(bodyText(request));
  const token = form.get('access_token') ?? request.query.get('access_token') ?? '';
  const grant = grants.authorize(token);
  if (!grant) return new OAuthFailure('invalid_token', 'Invalid Value').toResponse();
  const { sub, email } = accounts.get(grant.account);
  const seconds = grants.remainingSeconds(token);
  const knowsEmail = grant.scopes.some((scope) => scope.endsWith('/userinfo.email'));
  return jsonResponse({
    azp: grant.clientId,
    aud: grant.clientId,
    sub,
    scope: grant.scopes.join(' '),
    exp: String(Math.floor(clock.now() / 1000) + seconds),
    expires_in: String(seconds),
    ...(knowsEmail && { email, email_verified: 'true' }),
    access_type: grant.consent.offline ? 'offline' : 'online',
  });
}
