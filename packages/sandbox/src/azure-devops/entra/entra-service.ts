import { emptyResponse } from '../../http/responses.ts';
import { createRouter, type RouteTemplate } from '../../http/router.ts';
import { bodyText, type EmulatedService, type ServiceRequest } from '../../http/service.ts';
import { authorize } from './authorize.ts';
import type { EntraState } from './entra-state.ts';
import { RefreshesInFlight } from './refreshes-in-flight.ts';
import { token } from './token.ts';

interface EntraRoute extends RouteTemplate {
  readonly handle: (
    state: EntraState,
    tenant: string,
    request: ServiceRequest,
  ) => Response | Promise<Response>;
}

const authorizePath = '/{tenant}/oauth2/v2.0/authorize';

const findRoute = createRouter<EntraRoute>([
  {
    operation: 'oauth.authorize',
    method: 'GET',
    path: authorizePath,
    handle: (state, tenant, { query }) => authorize(state, tenant, query, undefined),
  },
  { operation: 'oauth.consent', method: 'POST', path: authorizePath, handle: consent },
  { operation: 'oauth.token', method: 'POST', path: '/{tenant}/oauth2/v2.0/token', handle: token },
]);

/** Entra ID's v2.0 endpoints. */
export function createEntraService(state: EntraState): EmulatedService {
  const refreshesInFlight = new RefreshesInFlight(state);
  return {
    hosts: ['login.microsoftonline.com'],
    receive: (request) => {
      const match = findRoute(request.method, request.path);
      if (!match) {
        return { operation: undefined, answer: async () => ({ response: emptyResponse(404) }) };
      }
      const { route, params } = match;
      return {
        operation: route.operation,
        answer: async () => ({ response: await route.handle(state, params.get('tenant') ?? '', request) }),
        ...(route.operation === 'oauth.token' && { finished: refreshesInFlight.begin(request) }),
      };
    },
  };
}

/** The consent page's form. Anything but a clear yes is a no. */
function consent(state: EntraState, tenant: string, request: ServiceRequest): Response {
  const form = new URLSearchParams(bodyText(request));
  return authorize(state, tenant, form, form.get('decision') === 'allow' ? 'allow' : 'deny');
}
