import { createRouter, type RouteTemplate } from '../http/router.ts';
import type { PendingRequest, ServiceRequest } from '../http/service.ts';
import { authorize, decideConsent } from './authorize.ts';
import { trackRefresh } from './refresh.ts';
import type { OAuthCall, OAuthServer } from './server.ts';
import { token } from './token.ts';

/** A route of an authorization server. */
export interface OAuthRoute extends RouteTemplate {
  readonly handle: (call: OAuthCall) => Response | Promise<Response>;
}

/** The authorization page with its form, and the token endpoint. */
export function oauthRoutes(authorizePath: string, tokenPath: string): readonly OAuthRoute[] {
  return [
    { operation: 'oauth.authorize', method: 'GET', path: authorizePath, handle: authorize },
    { operation: 'oauth.consent', method: 'POST', path: authorizePath, handle: decideConsent },
    { operation: 'oauth.token', method: 'POST', path: tokenPath, handle: token },
  ];
}

/** Receives a request; undefined if it is not for the server. `path` may begin with the host. */
export type ReceiveOAuth = (request: ServiceRequest, path?: string) => PendingRequest | undefined;

export function createOAuthReceiver(server: OAuthServer, routes: readonly OAuthRoute[]): ReceiveOAuth {
  const findRoute = createRouter(routes);
  return (request, path = request.path) => {
    const match = findRoute(request.method, path);
    if (!match) return undefined;
    const { operation, handle } = match.route;
    return {
      operation,
      answer: async () => ({ response: await handle({ server, request, path: match.params }) }),
      ...(operation === 'oauth.token' && { finished: trackRefresh(server, request) }),
    };
  };
}
