import { emptyResponse } from '../../http/responses.ts';
import { type JsonObject, textOf } from '../../json.ts';
import { DAY_MS } from '../../time/clock.ts';
import {
  type ApiCall,
  type ApiRoute,
  listOf,
  pathParam,
  reading,
  requiredProject,
  requiredTeam,
  teamUrl,
  writing,
} from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { iterationNotFound } from '../failures.ts';
import type { ClassificationNode } from '../organization/classification-tree.ts';
import { unlinkedItem } from '../work-items/wire.ts';
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
      url: teamUrl(call, 'work/teamsettings/teamfieldvalues'),
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
    (call) => iterationToWire(call, teamIteration(call)).wire,
  ),
  writing('teamIteration.add', `POST ${ITERATIONS}`, (call) => {
    const node = nodeOf(call, textOf(property(readObject(call.request), 'id')));
    const { iterations } = requiredTeam(call);
    if (!iterations.includes(node.identifier)) iterations.push(node.identifier);
    return iterationToWire(call, node).wire;
  }),
  writing('teamIteration.remove', `DELETE ${ITERATIONS}/{iteration}`, (call) => {
    const { iterations } = requiredTeam(call);
    iterations.splice(iterations.indexOf(teamIteration(call).identifier), 1);
    return emptyResponse(204);
  }),
  reading('teamIteration.workItems', `GET ${ITERATIONS}/{iteration}/workitems`, (call) => {
    const { organization } = call;
    const { identifier, path } = teamIteration(call);
    const items = [...organization.items.values()].filter(
      (item) => !item.deletion && textField(current(item).fields, 'System.IterationPath') === path,
    );
    return {
      workItemRelations: items.map(({ id }) => unlinkedItem(organization, id)),
      url: teamUrl(call, `${ITERATIONS}/${identifier}/workitems`),
    };
  }),
];

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
    url: teamUrl(call, 'work/teamsettings'),
  };
}

function nodeOf(call: ApiCall, id: string): ClassificationNode {
  const node = requiredProject(call).iterations.byId(id);
  if (!node) throw iterationNotFound(id);
  return node;
}

/** One that the team takes part in. */
export function teamIteration(call: ApiCall): ClassificationNode {
  const node = nodeOf(call, pathParam(call, 'iteration'));
  if (!requiredTeam(call).iterations.includes(node.identifier)) throw iterationNotFound(node.identifier);
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
    url: teamUrl(call, `${ITERATIONS}/${identifier}`),
  };
  return { timeFrame, wire };
}
