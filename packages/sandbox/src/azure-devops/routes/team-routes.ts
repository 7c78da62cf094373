import { emptyResponse } from '../../http/responses.ts';
import type { JsonObject } from '../../json.ts';
import { uuidFrom } from '../../random.ts';
import { aboutProjects, type ApiCall, type ApiRoute, listOf, numberOf, pathParam } from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { invalidValue, projectNotFound, teamNotFound } from '../failures.ts';
import type { Project } from '../organization/project.ts';
import { newTeam, type Team } from '../organization/team.ts';

const TEAMS = 'projects/{project}/teams';

/** Teams of projects, and who is in them. */
export const TEAM_ROUTES: readonly ApiRoute[] = [
  aboutProjects('team.listAll', 'GET teams', (call) =>
    listOf(
      page(
        call,
        call.organization.projects.flatMap((project) =>
          project.teams.map((team) => toWire(call, project, team)),
        ),
      ),
    ),
  ),
  aboutProjects('team.list', `GET ${TEAMS}`, (call) => {
    const project = projectOf(call);
    return listOf(page(call, project.teams).map((team) => toWire(call, project, team)));
  }),
  aboutProjects('team.get', `GET ${TEAMS}/{team}`, (call) => toWire(call, projectOf(call), find(call))),
  aboutProjects('team.create', `POST ${TEAMS}`, (call) => {
    const project = projectOf(call);
    const name = property(readObject(call.request), 'name');
    if (typeof name !== 'string' || name.trim() === '') throw invalidValue('A team needs a name.');
    const team = newTeam({
      id: uuidFrom(call.organization.ids),
      name,
      members: [call.caller.person],
      iterations: [],
    });
    project.teams.push(team);
    return toWire(call, project, team);
  }),
  aboutProjects('team.update', `PATCH ${TEAMS}/{team}`, (call) => {
    const team = find(call);
    const body = readObject(call.request);
    const [name, description] = [property(body, 'name'), property(body, 'description')];
    if (typeof name === 'string') team.name = name;
    if (typeof description === 'string') team.description = description;
    return toWire(call, projectOf(call), team);
  }),
  aboutProjects('team.delete', `DELETE ${TEAMS}/{team}`, (call) => {
    const { teams } = projectOf(call);
    teams.splice(teams.indexOf(find(call)), 1);
    return emptyResponse(204);
  }),
  aboutProjects('team.members', `GET ${TEAMS}/{team}/members`, (call) => {
    const members = page(call, find(call).members);
    return listOf(
      members.map((person, index) => ({
        isTeamAdmin: index === 0,
        identity: call.organization.identityOf(person),
      })),
    );
  }),
];

function page<T>(call: ApiCall, all: readonly T[]): readonly T[] {
  const skip = numberOf(call, '$skip', 0);
  return all.slice(skip, skip + numberOf(call, '$top', 100));
}

function projectOf(call: ApiCall): Project {
  const name = pathParam(call, 'project');
  const project = call.organization.findProject(name);
  if (!project) throw projectNotFound(name);
  return project;
}

function find(call: ApiCall): Team {
  const wanted = pathParam(call, 'team');
  const team = projectOf(call).teams.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted);
  if (!team) throw teamNotFound(wanted);
  return team;
}

function toWire({ organization }: ApiCall, project: Project, { id, name, description }: Team): JsonObject {
  return {
    id,
    name,
    description,
    url: `${organization.url}/_apis/projects/${project.id}/teams/${id}`,
    identityUrl: `https://vssps.dev.azure.com/${organization.name}/_apis/Identities/${id}`,
    projectName: project.name,
    projectId: project.id,
  };
}
