import type { RouteTemplate } from '../../http/router.ts';
import { bodyText, type ServiceRequest } from '../../http/service.ts';
import { authorize } from './authorize.ts';
import type { OAuthState } from './oauth-state.ts';
import { revoke } from './revoke.ts';
import { token } from './token.ts';

/** A route of the authorization server. */
export interface OAuthRoute extends RouteTemplate {
  readonly handle: (state: OAuthState, request: ServiceRequest) => Response | Promise<Response>;
}

/** Served on both of a region's hosts, as apps in the wild use either. */
export const oauthRoutes: readonly OAuthRoute[] = [
  {
    operation: 'oauth.authorize',
    method: 'GET',
    path: '/oauth/authorize',
    handle: (state, request) => authorize(state, request.query, undefined),
  },
  { operation: 'oauth.consent', method: 'POST', path: '/oauth/authorize', handle: consent },
  { operation: 'oauth.token', method: 'POST', path: '/oauth/token', handle: token },
  { operation: 'oauth.revoke', method: 'POST', path: '/oauth/revoke', handle: revoke },
];

/** The consent page's form. Anything but a clear yes is a no. */
function consent(state: OAuthState, request: ServiceRequest): Response {
  const form = new URLSearchParams(bodyText(request));
  return authorize(state, form, form.get('decision') === 'allow' ? 'allow' : 'deny');
}
