import { jsonResponse } from '../../http/responses.ts';
import type { RouteTemplate } from '../../http/router.ts';
import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { GOOGLE_HOSTS } from '../hosts.ts';
import { jwks } from '../signing-key.ts';
import { authorize } from './authorize.ts';
import type { GoogleOAuthState } from './oauth-state.ts';
import { revoke } from './revoke.ts';
import { token } from './token.ts';
import { tokenInfo } from './token-info.ts';

/** A route of the authorization server; the path begins with the host. */
export interface OAuthRoute extends RouteTemplate {
  readonly handle: (state: GoogleOAuthState, request: ServiceRequest) => Response | Promise<Response>;
}

const consentPath = `/${GOOGLE_HOSTS.accounts}/o/oauth2/v2/auth`;
const tokenInfoPath = `/${GOOGLE_HOSTS.oauth}/tokeninfo`;

export const oauthRoutes: readonly OAuthRoute[] = [
  {
    operation: 'oauth.authorize',
    method: 'GET',
    path: consentPath,
    handle: (state, request) => authorize(state, request.query),
  },
  { operation: 'oauth.consent', method: 'POST', path: consentPath, handle: consent },
  { operation: 'oauth.token', method: 'POST', path: `/${GOOGLE_HOSTS.oauth}/token`, handle: token },
  { operation: 'oauth.revoke', method: 'POST', path: `/${GOOGLE_HOSTS.oauth}/revoke`, handle: revoke },
  { operation: 'oauth.tokeninfo', method: 'GET', path: tokenInfoPath, handle: tokenInfo },
  { operation: 'oauth.tokeninfo', method: 'POST', path: tokenInfoPath, handle: tokenInfo },
  {
    operation: 'oauth.certs',
    method: 'GET',
    path: `/${GOOGLE_HOSTS.calendar}/oauth2/v3/certs`,
    handle: async () => jsonResponse(await jwks()),
  },
];

/** The consent page's form. Anything but a clear yes is a no. */
function consent(state: GoogleOAuthState, request: ServiceRequest): Response {
  const form = new URLSearchParams(bodyText(request));
  const decision = { allow: form.get('decision') === 'allow', checked: form.getAll('granted') };
  return authorize(state, form, decision);
}
