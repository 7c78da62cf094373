import { withOverriddenMethod } from '../http/method-override.ts';
import { createRouter, type Router } from '../http/router.ts';
import type { EmulatedService, PendingRequest, ServiceRequest } from '../http/service.ts';
import { createOAuthReceiver } from '../oauth/routes.ts';
import type { OAuthServer } from '../oauth/server.ts';
import { answerMethod, type Gates } from './api/answer-method.ts';
import { answerBatch, batchApi } from './api/batch.ts';
import { badRequest, tooManyConcurrent } from './api/failures.ts';
import { grantOf } from './api/grant-of.ts';
import type { GoogleMethod } from './api/method.ts';
import { GOOGLE_HOSTS } from './hosts.ts';
import { googleOAuthRoutes } from './oauth/routes.ts';

/** All of Google's hosts: the authorization server on some, an API on the others. */
export function createGoogleService(
  oauth: OAuthServer,
  methods: readonly GoogleMethod[],
  gates: Gates,
): EmulatedService {
  const receiveOAuth = createOAuthReceiver(oauth, googleOAuthRoutes(gates.accounts));
  const findMethod: Record<string, Router<GoogleMethod>> = {
    // Gmail's former host, which still answers for it.
    [GOOGLE_HOSTS.calendar]: createRouter(methods),
    [GOOGLE_HOSTS.gmail]: createRouter(methods.filter(({ api }) => api === 'gmail')),
  };
  return {
    hosts: Object.values(GOOGLE_HOSTS),
    receive: (request) => receiveOAuth(request, `/${request.host}${request.path}`) ?? receiveMethod(request),
  };

  function receiveMethod(incoming: ServiceRequest): PendingRequest {
    // https://gsuite-developers.googleblog.com/2012/03/making-patch-requests-from-app-engine.html
    const request = withOverriddenMethod(incoming);
    const api = batchApi(request);
    if (api !== undefined) {
      const answerPart = async (part: ServiceRequest, index: number): Promise<Response> => {
        if (batchApi(part) !== undefined) return badRequest('A batch cannot contain a batch.').toResponse();
        if (gates.crowds.isBeyondBatch(api, index)) return tooManyConcurrent().toResponse();
        const { answer, finished } = receiveMethod(part);
        const { response } = await answer();
        finished?.();
        return response;
      };
      const account = grantOf(gates.grants, request)?.consent.account;
      return {
        operation: `${api}.batch`,
        answer: async () => ({ account, response: await answerBatch(request, api, answerPart) }),
      };
    }
    const match = findMethod[request.host]?.(request.method, request.path);
    const grant = grantOf(gates.grants, request);
    const place = match && grant && gates.crowds.enter(match.route.api, grant.consent.account);
    return {
      operation: match?.route.operation,
      answer: () => answerMethod(request, match, gates, place?.isOneTooMany ?? false),
      finished: () => place?.leave(),
    };
  }
}
