import type { JsonObject } from '../../json.ts';
import { aboutProjects, type ApiCall, type ApiRoute, listOf, numberOf, pathParam } from '../api/api-call.ts';
import { projectNotFound } from '../failures.ts';
import type { Project } from '../organization/project.ts';

export const PROJECT_ROUTES: readonly ApiRoute[] = [
  aboutProjects('project.list', 'GET projects', (call) => {
    const skip = numberOf(call, '$skip', numberOf(call, 'continuationToken', 0));
    const page = call.organization.projects.slice(skip, skip + numberOf(call, '$top', 100));
    return listOf(page.map((project) => projectToWire(call, project)));
  }),
  aboutProjects('project.get', 'GET projects/{project}', (call) => {
    const name = pathParam(call, 'project');
    const project = call.organization.findProject(name);
    if (!project) throw projectNotFound(name);
    return projectToWire(call, project);
  }),
];

function projectToWire({ organization }: ApiCall, { id, name, description }: Project): JsonObject {
  return {
    id,
    name,
    description,
    url: `${organization.url}/_apis/projects/${id}`,
    state: 'wellFormed',
    revision: 11,
    visibility: 'private',
    lastUpdateTime: '2026-01-12T09:30:00Z',
  };
}
