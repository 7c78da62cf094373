import { emptyResponse, jsonResponse } from '../../http/responses.ts';
import type { ServiceRequest } from '../../http/service.ts';
import { type Caller, mayDo } from '../access/caller.ts';
import { ApiFailure, JSON_TYPE } from '../api-failure.ts';
import { projectNotFound, resourceNotFound, unauthorized } from '../failures.ts';
import type { Organization } from '../organization/organization.ts';
import type { Project } from '../organization/project.ts';
import { addressOf } from './address.ts';
import type { ApiSettings } from './api-call.ts';
import { readVersion } from './api-version.ts';
import { findApiRoute } from './routes.ts';

/** Answers a request whose caller is known: route, scope, version, project, in this order. */
export async function runRoute(
  request: ServiceRequest,
  organization: Organization,
  caller: Caller,
  settings: ApiSettings,
  temporaryIds: Map<number, number> = new Map(),
): Promise<Response> {
  try {
    const { apiPath = '', project } = addressOf(request);
    const match = findApiRoute(request.method, apiPath);
    if (!match) throw resourceNotFound(`The resource ${request.path}`);
    const { route, params } = match;
    if (!mayDo(caller, route.scope)) throw unauthorized(403, caller.person.displayName);
    const answer = await route.handle({
      organization,
      project: project === undefined ? undefined : findProject(organization, project),
      caller,
      version: readVersion(request, route.previewOnly),
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

function findProject(organization: Organization, name: string): Project {
  const project = organization.findProject(name);
  if (!project) throw projectNotFound(name);
  return project;
}
