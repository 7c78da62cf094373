import { withOverriddenMethod } from '../http/method-override.ts';
import { htmlResponse } from '../http/responses.ts';
import type { EmulatedService, PendingRequest, ServiceRequest } from '../http/service.ts';
import type { SpecCheck } from '../spec/spec-check.ts';
import { SIGN_IN_HOST, SIGN_IN_PAGE } from './access/refuse.ts';
import { addressOf } from './api/address.ts';
import { answerApiCall, type ApiParts } from './api/answer-api-call.ts';
import { findApiRoute } from './api/routes.ts';
import { invalidValue } from './failures.ts';

/** What Microsoft's documents leave out, though the service has it: `$batch`, and deleting attachments (from 7.2 on). */
const UNDOCUMENTED: ReadonlySet<string | undefined> = new Set(['workItem.batch', 'attachment.delete']);

/** Where people are found; its paths begin with the organization, too. */
const IDENTITY_HOST = 'vssps.dev.azure.com';

/** Azure DevOps under both of its host names, and its sign-in page. */
export function createAzureDevOpsService(
  parts: ApiParts,
  check: SpecCheck,
  strict: boolean,
): EmulatedService {
  const oldHosts = [...parts.organizations.keys()].map((name) => `${name}.visualstudio.com`);
  return {
    hosts: ['dev.azure.com', IDENTITY_HOST, ...oldHosts, SIGN_IN_HOST],
    receive: (request) =>
      request.host === SIGN_IN_HOST ? showSignIn() : receiveApiCall(request, parts, check, strict),
  };
}

function receiveApiCall(
  incoming: ServiceRequest,
  parts: ApiParts,
  check: SpecCheck,
  strict: boolean,
): PendingRequest {
  // https://learn.microsoft.com/azure/devops/integrate/how-to/call-rest-api
  const request = withOverriddenMethod(incoming);
  const { apiPath = '' } = addressOf(request);
  const operation = findApiRoute(request.method, apiPath)?.route.operation;
  const problems = UNDOCUMENTED.has(operation) ? [] : check.check(request, operation);
  if (strict && problems.length > 0) {
    return { operation, answer: async () => ({ response: invalidValue(problems.join('; ')).toResponse() }) };
  }
  return { operation, answer: () => answerApiCall(request, parts) };
}

function showSignIn(): PendingRequest {
  return { operation: 'signIn.page', answer: async () => ({ response: htmlResponse(SIGN_IN_PAGE) }) };
}
