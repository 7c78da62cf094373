import { emptyResponse } from '../http/responses.ts';
import { createRouter } from '../http/router.ts';
import type { EmulatedService, PendingRequest, ServiceRequest } from '../http/service.ts';
import { createOAuthReceiver } from '../oauth/routes.ts';
import type { OAuthServer } from '../oauth/server.ts';
import type { RegionHosts } from './account.ts';
import type { Accounts } from './accounts.ts';
import { answerApiCall } from './answer-api-call.ts';
import type { Dialect } from './dialects.ts';
import { OAUTH_ROUTES } from './oauth/routes.ts';
import type { Violations } from './violations.ts';

/** What one region's service is made of. */
export interface TickTickParts {
  readonly hosts: RegionHosts;
  readonly dialect: Dialect;
  readonly oauth: OAuthServer;
  readonly accounts: Accounts;
  readonly violations: Violations;
}

/** One region: its authorization server on both hosts, its API on the `api.` one. */
export function createTickTickService(parts: TickTickParts): EmulatedService {
  const { hosts, dialect, oauth } = parts;
  const receiveOAuth = createOAuthReceiver(oauth, OAUTH_ROUTES);
  const findApiRoute = createRouter(dialect.routes);
  return {
    hosts: [hosts.site, hosts.api],
    receive: (request) =>
      receiveOAuth(request) ?? (request.host === hosts.api ? receiveApi(request) : unknownRoute()),
  };

  function receiveApi(request: ServiceRequest): PendingRequest {
    const match = findApiRoute(request.method, request.path);
    return {
      operation: match?.route.operation,
      answer: async () => answerApiCall(request, match, parts),
    };
  }
}

function unknownRoute(): PendingRequest {
  return { operation: undefined, answer: async () => ({ response: emptyResponse(404) }) };
}
