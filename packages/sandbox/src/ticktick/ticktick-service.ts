import { emptyResponse } from '../http/responses.ts';
import { createRouter } from '../http/router.ts';
import { bodyText, type EmulatedService, type PendingRequest, type ServiceRequest } from '../http/service.ts';
import type { RegionHosts } from './account.ts';
import type { Accounts } from './accounts.ts';
import { answerApiCall } from './answer-api-call.ts';
import type { Dialect } from './dialects.ts';
import { oauthRoutes } from './oauth/oauth-routes.ts';
import type { OAuthState } from './oauth/oauth-state.ts';

/** What one region's service is made of. */
export interface TickTickParts {
  readonly hosts: RegionHosts;
  readonly dialect: Dialect;
  readonly oauth: OAuthState;
  readonly accounts: Accounts;
}

/** One region: its authorization server on both hosts, its API on the `api.` one. */
export function createTickTickService({ hosts, dialect, oauth, accounts }: TickTickParts): EmulatedService {
  const findOAuthRoute = createRouter(oauthRoutes);
  const findApiRoute = createRouter(dialect.routes);
  return {
    hosts: [hosts.site, hosts.api],
    receive: (request) =>
      receiveOAuth(request) ?? (request.host === hosts.api ? receiveApi(request) : unknownRoute()),
  };

  function receiveOAuth(request: ServiceRequest): PendingRequest | undefined {
    const route = findOAuthRoute(request.method, request.path)?.route;
    if (!route) return undefined;
    return {
      operation: route.operation,
      answer: async () => ({ response: await route.handle(oauth, request) }),
      ...(route.operation === 'oauth.token' && {
        finished: oauth.refreshesInFlight.begin(bodyText(request)),
      }),
    };
  }

  function receiveApi(request: ServiceRequest): PendingRequest {
    const match = findApiRoute(request.method, request.path);
    return {
      operation: match?.route.operation,
      answer: async () => answerApiCall(request, match, { dialect, oauth, accounts }),
    };
  }
}

function unknownRoute(): PendingRequest {
  return { operation: undefined, answer: async () => ({ response: emptyResponse(404) }) };
}
