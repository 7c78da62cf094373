import { emptyResponse, htmlResponse, jsonResponse } from '../../http/responses.ts';
import type { Answer, ServiceRequest } from '../../http/service.ts';
import type { Sleep } from '../../time/clock.ts';
import { authorize, type Credentials } from '../access/authorize.ts';
import { type Caller, mayDo } from '../access/caller.ts';
import { type Refusals, refuse } from '../access/refuse.ts';
import { ApiFailure, JSON_TYPE } from '../api-failure.ts';
import { projectNotFound, resourceNotFound, unauthorized } from '../failures.ts';
import { blockedFailure, type RateLimits } from '../limits/rate-limit.ts';
import type { Organization } from '../organization/organization.ts';
import type { Project } from '../organization/project.ts';
import type { Team } from '../organization/team.ts';
import { addressOf } from './address.ts';
import type { ApiSettings } from './api-call.ts';
import { readVersion } from './api-version.ts';
import { findApiRoute } from './routes.ts';

/** What stands between a request and its route. */
export interface ApiParts {
  readonly organizations: ReadonlyMap<string, Organization>;
  readonly credentials: Credentials;
  readonly refusals: Refusals;
  readonly rateLimits: RateLimits;
  readonly settings: ApiSettings;
  readonly sleep: Sleep;
}

/** Which organization, who, and how often: in this order. */
export async function answerApiCall(request: ServiceRequest, parts: ApiParts): Promise<Answer> {
  const organization = parts.organizations.get(addressOf(request).organization.toLowerCase());
  if (!organization) return { response: htmlResponse(NOT_FOUND_PAGE, 404) };
  const caller = identify(request, organization, parts);
  if (caller instanceof Response) return { response: caller };
  const account = caller.person.uniqueName;
  const isRead = ['GET', 'HEAD', 'OPTIONS'].includes(request.method);
  const verdict = parts.rateLimits.of(organization.name, account).request(isRead ? 'read' : 'write');
  if (verdict.blocked) return { account, response: blockedFailure().toResponse(verdict.headers) };
  if (verdict.delayMs > 0) await parts.sleep(verdict.delayMs);
  const response = await runRoute(request, organization, caller, parts.settings);
  for (const [name, value] of Object.entries(verdict.headers)) response.headers.set(name, value);
  response.headers.set('activityid', crypto.randomUUID());
  return { account, response };
}

function identify(
  request: ServiceRequest,
  organization: Organization,
  { credentials, refusals }: ApiParts,
): Caller | Response {
  try {
    const found = authorize(request, organization, credentials);
    return typeof found === 'string' ? refuse(request, found, refusals) : found;
  } catch (error) {
    if (error instanceof ApiFailure) return error.toResponse();
    throw error;
  }
}

const NOT_FOUND_PAGE =
  '<!DOCTYPE html><html lang="en-US"><head><title>404 - Page not found</title></head><body></body></html>';

/** Answers a request whose caller is known: route, scope, version, project, in this order. */
async function runRoute(
  request: ServiceRequest,
  organization: Organization,
  caller: Caller,
  settings: ApiSettings,
  temporaryIds: Map<number, number> = new Map(),
): Promise<Response> {
  try {
    const { apiPath = '', project: projectName, team } = addressOf(request);
    const match = findApiRoute(request.method, apiPath);
    if (!match) throw resourceNotFound(`The resource ${request.path}`);
    const { route, params } = match;
    if (route.scope !== undefined && !mayDo(caller, route.scope)) {
      if (settings.missingScope === 401) return scopeMissing(route.scope);
      throw unauthorized(403, caller.person.displayName);
    }
    const project = projectName === undefined ? undefined : findProject(organization, projectName);
    const answer = await route.handle({
      organization,
      project,
      team: project && findTeam(project, team),
      caller,
      version: readVersion(request, route, settings.newestApiVersion),
      request,
      params,
      temporaryIds,
      settings,
      runInBatch: (inner, ids) => runRoute(inner, organization, caller, settings, ids),
    });
    if (answer instanceof Response) return answer;
    return answer === undefined
      ? emptyResponse(204)
      : jsonResponse(answer, 200, { 'content-type': JSON_TYPE });
  } catch (error) {
    if (error instanceof ApiFailure) return error.toResponse();
    throw error;
  }
}

function scopeMissing(scope: string): Response {
  const words = `TF400813: The token lacks the scope ${scope}.`;
  return emptyResponse(401, { 'x-tfs-serviceerror': encodeURIComponent(words).replaceAll('%20', '+') });
}

/** By id or name, in any case; the project's first if none is named. */
function findTeam({ teams }: Project, name: string | undefined): Team | undefined {
  const wanted = name?.toLowerCase();
  return teams.find((one) => wanted === undefined || [one.id, one.name.toLowerCase()].includes(wanted));
}

function findProject(organization: Organization, name: string): Project {
  const project = organization.findProject(name);
  if (!project) throw projectNotFound(name);
  return project;
}
