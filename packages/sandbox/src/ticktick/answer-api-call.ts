import { emptyResponse, jsonResponse } from '../http/responses.ts';
import type { RouteMatch } from '../http/router.ts';
import { type Answer, bodyText, type ServiceRequest } from '../http/service.ts';
import { type JsonValue, parseJson } from '../json.ts';
import type { OAuthServer } from '../oauth/server.ts';
import { listedRows } from './absent-rows.ts';
import type { Accounts } from './accounts.ts';
import { ApiFailure, type ApiRoute } from './api-call.ts';
import type { Dialect } from './dialects.ts';
import { answerLost } from './lost-projects.ts';
import { mendedInTasks } from './tasks/mended.ts';
import type { Violations } from './violations.ts';

/** What answers a region's API. */
export interface ApiParts {
  readonly dialect: Dialect;
  readonly oauth: OAuthServer;
  readonly accounts: Accounts;
  readonly violations: Violations;
}

/** Who may, how often, and what: token, rate limit, route, scope, in this order. */
export function answerApiCall(
  request: ServiceRequest,
  match: RouteMatch<ApiRoute> | undefined,
  { dialect, oauth, accounts, violations }: ApiParts,
): Answer {
  const grant = oauth.grants.authorizeBearer(request.headers.get('authorization'));
  if (!grant) return { response: emptyResponse(401) };
  const { account } = grant.consent;
  const [refusal] = accounts.rateLimitOf(account).spend();
  if (refusal) return { account, response: dialect.rateLimitAnswer(refusal) };
  if (!match) return { account, response: emptyResponse(404) };
  if (!grant.scopes.includes(match.route.scope)) return { account, response: emptyResponse(403) };
  const problems = mendedInTasks(match.route.operation, jsonBody(request));
  if (violations.report(request, match.route.operation, problems) === 'refuse') {
    const body = { errorCode: 'sandbox_is_strict', errorMessage: problems.join('; ') };
    return { account, response: jsonResponse(body, 400) };
  }
  return { account, response: answerRoute(request, match, accounts.dataOf(account), dialect) };
}

function answerRoute(
  request: ServiceRequest,
  { route, params }: RouteMatch<ApiRoute>,
  data: ReturnType<Accounts['dataOf']>,
  dialect: Dialect,
): Response {
  try {
    const call = { data, params, query: request.query, body: jsonBody(request) };
    const answer = answerLost(data, params.get('projectId')) ?? route.handle(call);
    if (answer === undefined) return emptyResponse();
    return jsonResponse(listedRows(route.operation, answer, data.absentFields));
  } catch (error) {
    if (error instanceof ApiFailure) return dialect.failureAnswer(error);
    throw error;
  }
}

function jsonBody(request: ServiceRequest): JsonValue | undefined {
  const isJson = request.headers.get('content-type')?.toLowerCase().startsWith('application/json');
  return isJson ? parseJson(bodyText(request)) : undefined;
}
