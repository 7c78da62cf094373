import { createRouter, type Router } from '../http/router.ts';
import type { EmulatedService, PendingRequest, ServiceRequest } from '../http/service.ts';
import { answerMethod, type Gates } from './api/answer-method.ts';
import type { GoogleMethod } from './api/method.ts';
import { GOOGLE_HOSTS } from './hosts.ts';
import { oauthRoutes } from './oauth/oauth-routes.ts';
import type { GoogleOAuthState } from './oauth/oauth-state.ts';

/** All of Google's hosts: the authorization server on some, an API on the others. */
export function createGoogleService(
  oauth: GoogleOAuthState,
  methods: readonly GoogleMethod[],
  gates: Gates,
): EmulatedService {
  const findOAuthRoute = createRouter(oauthRoutes);
  const findMethod: Record<string, Router<GoogleMethod>> = {
    [GOOGLE_HOSTS.calendar]: createRouter(methods.filter(({ api }) => api === 'calendar')),
    [GOOGLE_HOSTS.gmail]: createRouter(methods.filter(({ api }) => api === 'gmail')),
  };
  return { hosts: Object.values(GOOGLE_HOSTS), receive };

  function receive(request: ServiceRequest): PendingRequest {
    const route = findOAuthRoute(request.method, `/${request.host}${request.path}`)?.route;
    if (!route) return receiveMethod(request);
    const { operation, handle } = route;
    return { operation, answer: async () => ({ response: await handle(oauth, request) }) };
  }

  function receiveMethod(request: ServiceRequest): PendingRequest {
    const match = findMethod[request.host]?.(request.method, request.path);
    return { operation: match?.route.operation, answer: () => answerMethod(request, match, gates) };
  }
}
