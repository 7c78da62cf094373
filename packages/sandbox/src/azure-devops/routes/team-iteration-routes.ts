import { emptyResponse } from '../../http/responses.ts';
import { isJsonObject, type JsonObject, type JsonValue, omitUndefined, textOf } from '../../json.ts';
import { DAY_MS } from '../../time/clock.ts';
import { ApiFailure } from '../api-failure.ts';
import {
  type ApiCall,
  type ApiRoute,
  listOf,
  pathParam,
  reading,
  requiredProject,
  requiredTeam,
  writing,
} from '../api/api-call.ts';
import { property, readJson, readObject } from '../api/read-body.ts';
import { invalidValue } from '../failures.ts';
import type { ClassificationNode } from '../organization/classification-tree.ts';
import type { AzureDevOpsPerson } from '../organization/person.ts';
import type { Capacity, DaysOff } from '../organization/team.ts';
import { workItemUrl } from '../work-items/wire.ts';
import { current, textField } from '../work-items/work-item.ts';

const ITERATIONS = 'work/teamsettings/iterations';

/** What a team takes part in, and what it can do. */
export const TEAM_ITERATION_ROUTES: readonly ApiRoute[] = [
  reading('teamSettings.get', 'GET work/teamsettings', teamSettings),
  reading('teamFieldValues.get', 'GET work/teamsettings/teamfieldvalues', (call) => {
    const { name } = requiredProject(call);
    requiredTeam(call);
    return {
      field: {
        referenceName: 'System.AreaPath',
        url: `${call.organization.url}/_apis/wit/fields/System.AreaPath`,
      },
      defaultValue: name,
      values: [{ value: name, includeChildren: true }],
      url: teamUrl(call, 'teamfieldvalues'),
    };
  }),
  reading('teamIteration.list', `GET ${ITERATIONS}`, (call) => {
    const wanted = call.request.query.get('$timeframe')?.toLowerCase();
    const all = requiredTeam(call).iterations.map((id) => iterationToWire(call, nodeOf(call, id)));
    return listOf(
      all.filter(({ timeFrame }) => wanted === undefined || timeFrame === wanted).map(({ wire }) => wire),
    );
  }),
  reading(
    'teamIteration.get',
    `GET ${ITERATIONS}/{iteration}`,
    (call) => iterationToWire(call, find(call)).wire,
  ),
  writing('teamIteration.add', `POST ${ITERATIONS}`, (call) => {
    const node = nodeOf(call, textOf(property(readObject(call.request), 'id')));
    const { iterations } = requiredTeam(call);
    if (!iterations.includes(node.identifier)) iterations.push(node.identifier);
    return iterationToWire(call, node).wire;
  }),
  writing('teamIteration.remove', `DELETE ${ITERATIONS}/{iteration}`, (call) => {
    const { iterations } = requiredTeam(call);
    iterations.splice(iterations.indexOf(find(call).identifier), 1);
    return emptyResponse(204);
  }),
  reading('teamIteration.workItems', `GET ${ITERATIONS}/{iteration}/workitems`, (call) => {
    const { organization } = call;
    const { path } = find(call);
    const items = [...organization.items.values()].filter(
      (item) => !item.deletion && textField(current(item).fields, 'System.IterationPath') === path,
    );
    const targets = items.map(({ id }) => ({
      rel: null,
      source: null,
      target: { id, url: workItemUrl(organization, id) },
    }));
    return {
      workItemRelations: targets,
      url: teamUrl(call, `iterations/${find(call).identifier}/workitems`),
    };
  }),
  reading('capacity.list', `GET ${ITERATIONS}/{iteration}/capacities`, (call) => {
    const members = requiredTeam(call).members.map((person) => ({
      person,
      capacity: capacityOf(call, person),
    }));
    const used = members.filter(({ capacity }) => capacity !== undefined);
    return {
      teamMembers: used.map(({ person, capacity }) => capacityToWire(call, person, capacity)),
      totalCapacityPerDay: used.reduce((sum, { capacity }) => sum + perDay(capacity), 0),
      totalDaysOff: used.reduce((sum, { capacity }) => sum + daysIn(capacity?.daysOff ?? []), 0),
      totalIterationDays: 0,
    };
  }),
  reading('capacity.get', `GET ${ITERATIONS}/{iteration}/capacities/{member}`, (call) => {
    const person = memberOf(call, pathParam(call, 'member'));
    return capacityToWire(call, person, capacityOf(call, person));
  }),
  writing('capacity.replaceAll', `PUT ${ITERATIONS}/{iteration}/capacities`, (call) => {
    const body = readJson(call.request, 'application/json');
    if (!Array.isArray(body)) throw invalidValue('The capacities must be a list.');
    const entries = body.map((entry) => setCapacity(call, memberIn(call, entry), entry));
    return listOf(entries);
  }),
  writing('capacity.update', `PATCH ${ITERATIONS}/{iteration}/capacities/{member}`, (call) =>
    setCapacity(call, memberOf(call, pathParam(call, 'member')), readObject(call.request)),
  ),
  reading('teamDaysOff.get', `GET ${ITERATIONS}/{iteration}/teamdaysoff`, daysOffToWire),
  writing('teamDaysOff.update', `PATCH ${ITERATIONS}/{iteration}/teamdaysoff`, (call) => {
    requiredTeam(call).daysOff.set(find(call).identifier, daysOffIn(readObject(call.request)));
    return daysOffToWire(call);
  }),
];

function teamUrl(call: ApiCall, rest: string): string {
  return `${call.organization.url}/${requiredProject(call).id}/${requiredTeam(call).id}/_apis/work/teamsettings/${rest}`;
}

function teamSettings(call: ApiCall): JsonObject {
  const { iterations } = requiredProject(call);
  const [root] = iterations.nodes;
  requiredTeam(call);
  return {
    backlogIteration: root ? { id: root.identifier, name: root.path, path: '' } : null,
    bugsBehavior: 'asRequirements',
    workingDays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
    backlogVisibilities: {
      'Microsoft.EpicCategory': true,
      'Microsoft.FeatureCategory': true,
      'Microsoft.RequirementCategory': true,
    },
    defaultIterationMacro: '@currentIteration',
    url: teamUrl(call, ''),
  };
}

function notFound(id: string): ApiFailure {
  return new ApiFailure(404, 'IterationNotFoundException', `VS401332: The iteration ${id} does not exist.`);
}

function nodeOf(call: ApiCall, id: string): ClassificationNode {
  const node = requiredProject(call).iterations.byId(id);
  if (!node) throw notFound(id);
  return node;
}

/** One that the team takes part in. */
function find(call: ApiCall): ClassificationNode {
  const node = nodeOf(call, pathParam(call, 'iteration'));
  if (!requiredTeam(call).iterations.includes(node.identifier)) throw notFound(node.identifier);
  return node;
}

function iterationToWire(call: ApiCall, node: ClassificationNode): { timeFrame: string; wire: JsonObject } {
  const { identifier, path, startDate, finishDate } = node;
  const now = call.organization.clock.now();
  const isPast = finishDate !== undefined && now >= Date.parse(finishDate) + DAY_MS;
  const isCurrent = !isPast && startDate !== undefined && now >= Date.parse(startDate);
  const timeFrame = isPast ? 'past' : isCurrent ? 'current' : 'future';
  const wire = {
    id: identifier,
    name: path.slice(path.lastIndexOf('\\') + 1),
    path,
    attributes: { startDate: startDate ?? null, finishDate: finishDate ?? null, timeFrame },
    url: teamUrl(call, `iterations/${identifier}`),
  };
  return { timeFrame, wire };
}

function memberOf(call: ApiCall, id: string): AzureDevOpsPerson {
  const person = requiredTeam(call).members.find((one) => one.id === id);
  if (!person) throw invalidValue(`The team has no member ${id}.`);
  return person;
}

function memberIn(call: ApiCall, entry: JsonValue): AzureDevOpsPerson {
  const member = isJsonObject(entry) ? property(entry, 'teamMember') : undefined;
  return memberOf(call, isJsonObject(member) ? textOf(property(member, 'id')) : '');
}

function capacityOf(call: ApiCall, { id }: AzureDevOpsPerson): Capacity | undefined {
  return requiredTeam(call).capacities.get(find(call).identifier)?.get(id);
}

/** What is not given stays as it is. */
function setCapacity(call: ApiCall, person: AzureDevOpsPerson, entry: JsonValue): JsonObject {
  const { capacities } = requiredTeam(call);
  const { identifier } = find(call);
  const old = capacityOf(call, person) ?? { activities: [], daysOff: [] };
  const body = isJsonObject(entry) ? entry : {};
  const capacity = {
    activities: activitiesIn(property(body, 'activities')) ?? old.activities,
    daysOff: property(body, 'daysOff') === undefined ? old.daysOff : daysOffIn(body),
  };
  const ofIteration = capacities.get(identifier) ?? new Map<string, Capacity>();
  capacities.set(identifier, ofIteration.set(person.id, capacity));
  return capacityToWire(call, person, capacity);
}

function activitiesIn(value: JsonValue | undefined): Capacity['activities'] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter(isJsonObject).map((activity) => ({
    name: textOf(property(activity, 'name')),
    capacityPerDay: Number(property(activity, 'capacityPerDay') ?? 0),
  }));
}

function daysOffIn(body: JsonObject): readonly DaysOff[] {
  const value = property(body, 'daysOff');
  if (!Array.isArray(value)) throw invalidValue('The property daysOff must be a list.');
  return value.filter(isJsonObject).map((days) => ({
    start: momentIn(days, 'start'),
    end: momentIn(days, 'end'),
  }));
}

function momentIn(days: JsonObject, name: string): string {
  const ms = Date.parse(textOf(property(days, name)));
  if (Number.isNaN(ms)) throw invalidValue(`The ${name} of days off is no date.`);
  return new Date(ms).toISOString();
}

function perDay(capacity: Capacity | undefined): number {
  return (capacity?.activities ?? []).reduce((sum, { capacityPerDay }) => sum + capacityPerDay, 0);
}

function daysIn(daysOff: readonly DaysOff[]): number {
  return daysOff.reduce((sum, { start, end }) => sum + (Date.parse(end) - Date.parse(start)) / DAY_MS + 1, 0);
}

function capacityToWire(
  call: ApiCall,
  person: AzureDevOpsPerson,
  capacity: Capacity | undefined,
): JsonObject {
  const { activities, daysOff } = capacity ?? { activities: [{ name: '', capacityPerDay: 0 }], daysOff: [] };
  const url = teamUrl(call, `iterations/${find(call).identifier}/capacities/${person.id}`);
  return omitUndefined({
    teamMember: call.organization.identityOf(person),
    activities: activities.map((activity) => ({ ...activity })),
    daysOff: daysOff.map((days) => ({ ...days })),
    url,
  });
}

function daysOffToWire(call: ApiCall): JsonObject {
  const daysOff = requiredTeam(call).daysOff.get(find(call).identifier) ?? [];
  return {
    daysOff: daysOff.map((days) => ({ ...days })),
    url: teamUrl(call, `iterations/${find(call).identifier}/teamdaysoff`),
  };
}
