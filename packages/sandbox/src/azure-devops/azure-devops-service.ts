import { htmlResponse } from '../http/responses.ts';
import type { EmulatedService, PendingRequest, ServiceRequest } from '../http/service.ts';
import { SIGN_IN_HOST, SIGN_IN_PAGE } from './access/refuse.ts';
import { addressOf } from './api/address.ts';
import { answerApiCall, type ApiParts } from './api/answer-api-call.ts';
import { findApiRoute } from './api/routes.ts';
import type { SwaggerCheck } from './swagger/swagger-check.ts';

/** Azure DevOps under both of its host names, and its sign-in page. */
export function createAzureDevOpsService(parts: ApiParts, swagger: SwaggerCheck): EmulatedService {
  const oldHosts = [...parts.organizations.keys()].map((name) => `${name}.visualstudio.com`);
  return {
    hosts: ['dev.azure.com', ...oldHosts, SIGN_IN_HOST],
    receive: (request) =>
      request.host === SIGN_IN_HOST ? showSignIn() : receiveApiCall(request, parts, swagger),
  };
}

function receiveApiCall(request: ServiceRequest, parts: ApiParts, swagger: SwaggerCheck): PendingRequest {
  const { apiPath = '' } = addressOf(request);
  const operation = findApiRoute(request.method, apiPath)?.route.operation;
  swagger.check(request, operation);
  return { operation, answer: () => answerApiCall(request, parts) };
}

function showSignIn(): PendingRequest {
  return { operation: 'signIn.page', answer: async () => ({ response: htmlResponse(SIGN_IN_PAGE) }) };
}
