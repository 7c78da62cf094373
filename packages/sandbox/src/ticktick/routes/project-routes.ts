import { type ApiCall, type ApiRoute, notFound, pathParam, reading, writing } from '../api-call.ts';
import {
  applyProjectInput,
  columnsOf,
  createProject,
  deleteProject,
  membersOf,
  readProjectInput,
} from '../projects.ts';
import { readObject } from '../read-json.ts';
import type { Member, Project } from '../records.ts';
import { projectTask } from '../tasks/absent-fields.ts';
import { queryTasks } from '../tasks/query-tasks.ts';
import { taskToWire } from '../tasks/task-to-wire.ts';

/** Projects. The inbox is in no list, and `project.get` does not find it. */
export const PROJECT_ROUTES: readonly ApiRoute[] = [
  reading('project.list', 'GET /project', list),
  reading('project.get', 'GET /project/{projectId}', (call) => projectOf(call)),
  reading('project.data', 'GET /project/{projectId}/data', projectData),
  reading('project.members', 'GET /project/{projectId}/members', members),
  writing('project.create', 'POST /project', ({ data, body }) =>
    createProject(data, readProjectInput(readObject(body))),
  ),
  writing('project.update', 'POST /project/{projectId}', update),
  writing('project.delete', 'DELETE /project/{projectId}', (call) =>
    deleteProject(call.data, pathParam(call, 'projectId')),
  ),
];

/** All of them, unless a page is asked for. */
function list({ data, query }: ApiCall): Project[] {
  const projects = [...data.projects.values()].filter(({ id }) => !data.lostProjects.has(id));
  if (!query.has('offset') && !query.has('limit')) return projects;
  const offset = Number(query.get('offset') ?? 0);
  return projects.slice(offset, offset + Number(query.get('limit') ?? 200));
}

function projectOf(call: ApiCall): Project {
  const project = call.data.projects.get(pathParam(call, 'projectId'));
  if (!project) throw notFound();
  return project;
}

/** Open tasks only, all of them. The inbox comes without a project, an unknown id without anything. */
function projectData(call: ApiCall): object {
  const { data } = call;
  const projectId = data.resolveInbox(pathParam(call, 'projectId'));
  if (!data.hasProject(projectId)) return {};
  const tasks = queryTasks(data, { projectIds: [projectId], statuses: [0] });
  return {
    project: data.projects.get(projectId),
    tasks: tasks.map((task) => projectTask(taskToWire(data, task), data.absentFields)),
    columns: columnsOf(data, projectId),
  };
}

function members(call: ApiCall): Member[] {
  const { data } = call;
  const projectId = data.resolveInbox(pathParam(call, 'projectId'));
  if (!data.hasProject(projectId)) throw notFound();
  return membersOf(data, projectId);
}

function update(call: ApiCall): Project {
  const project = projectOf(call);
  applyProjectInput(project, readProjectInput(readObject(call.body)));
  return project;
}
