import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
import { ApiFailure } from '../api-failure.ts';
import {
  type ApiCall,
  type ApiRoute,
  listOf,
  reading,
  releasedIn,
  requiredProject,
  requiredTeam,
  teamUrl,
  writing,
} from '../api/api-call.ts';
import { property, readObject } from '../api/read-body.ts';
import { invalidValue } from '../failures.ts';
import { findType, typesOf as typesOfProject } from '../organization/project.ts';
import { draftOf } from '../work-items/draft.ts';
import { PARENT_REL } from '../work-items/relation-types.ts';
import { save } from '../work-items/save.ts';
import { unlinkedItem } from '../work-items/wire.ts';
import { current, textField, type WorkItem } from '../work-items/work-item.ts';
import { BACKLOG_LEVELS, type BacklogLevel, levelOf } from './backlog-levels.ts';

const RANK = 'Microsoft.VSTS.Common.StackRank';

/** 6.0 has backlogs in preview (https://learn.microsoft.com/rest/api/azure/devops/work/backlogs/list); that 7.0 hasn't is assumed. */
const RELEASE = 70;

/** Backlogs of a team, and the order of what is on them. */
export const BACKLOG_ROUTES: readonly ApiRoute[] = [
  releasedIn(
    RELEASE,
    reading('backlog.list', 'GET work/backlogs', (call) =>
      listOf(BACKLOG_LEVELS.map((level) => backlogToWire(call, level))),
    ),
  ),
  releasedIn(
    RELEASE,
    reading('backlog.get', 'GET work/backlogs/{backlog}', (call) =>
      backlogToWire(call, levelOf(call, 'backlog')),
    ),
  ),
  releasedIn(
    RELEASE,
    reading('backlog.workItems', 'GET work/backlogs/{backlog}/workitems', (call) => {
      const items = itemsOf(call, levelOf(call, 'backlog'));
      return { workItems: items.map(({ id }) => unlinkedItem(call.organization, id)) };
    }),
  ),
  reading('backlogConfiguration.get', 'GET work/backlogconfiguration', configurationToWire),
  writing('backlog.reorder', 'PATCH work/workitemsorder', reorder),
  writing('backlog.reorder', 'PATCH work/iterations/{iteration}/workitemsorder', reorder),
];

function backlogToWire(call: ApiCall, { id, name, rank, types }: BacklogLevel): JsonObject {
  const known = types.filter((type) => findType(requiredProject(call), type));
  requiredTeam(call);
  return {
    id,
    name,
    rank,
    workItemCountLimit: 1000,
    workItemTypes: known.map((type) => ({ name: type })),
    defaultWorkItemType: { name: known[0] ?? '' },
    color: '009ccc',
    isHidden: false,
    type: rank === 1 ? 'requirement' : 'portfolio',
  };
}

function configurationToWire(call: ApiCall): JsonObject {
  const [portfolio, requirement] = [true, false].map((isPortfolio) =>
    BACKLOG_LEVELS.filter(({ rank }) => rank > 1 === isPortfolio).map((level) => backlogToWire(call, level)),
  );
  const task = { id: 'Microsoft.TaskCategory', name: 'Tasks', rank: 0, types: ['Task'] };
  return {
    taskBacklog: { ...backlogToWire(call, task), type: 'task' },
    requirementBacklog: requirement?.[0] ?? {},
    portfolioBacklogs: portfolio ?? [],
    workItemTypeMappedStates: typesOfProject(requiredProject(call)).map(({ name, states }) => ({
      workItemTypeName: name,
      states: Object.fromEntries(states.map((state) => [state.name, state.category])),
    })),
    backlogFields: {
      typeFields: {
        Order: RANK,
        Effort: 'Microsoft.VSTS.Scheduling.StoryPoints',
        RemainingWork: 'Microsoft.VSTS.Scheduling.RemainingWork',
        Activity: 'Microsoft.VSTS.Common.Activity',
      },
    },
    bugsBehavior: 'asRequirements',
    hiddenBacklogs: [],
    isBugsBehaviorConfigured: true,
    url: teamUrl(call, 'work/backlogconfiguration'),
  };
}

function rankOf(item: WorkItem): number {
  const rank = current(item).fields[RANK];
  return typeof rank === 'number' ? rank : 1e9 + item.id;
}

/** The items of a level in their order. */
function itemsOf(call: ApiCall, { types }: BacklogLevel): readonly WorkItem[] {
  const { organization } = call;
  return [...organization.items.values()]
    .filter((item) => !item.deletion && organization.projectOf(item) === requiredProject(call))
    .filter((item) => types.includes(textField(current(item).fields, 'System.WorkItemType')))
    .toSorted((one, other) => rankOf(one) - rankOf(other));
}

function number(value: JsonValue | undefined): number {
  return typeof value === 'number' ? value : 0;
}

/** Puts items behind `previousId` or before `nextId`, below `parentId`; 0 stands for none. */
function reorder(call: ApiCall): object {
  const body = readObject(call.request);
  const ids = property(body, 'ids');
  if (!Array.isArray(ids) || ids.length === 0) throw invalidValue('The property ids must be a list.');
  const moved = ids.map((id) => call.organization.get(Number(id)));
  const typeName = textField(current(moved[0] ?? call.organization.get(0)).fields, 'System.WorkItemType');
  const level = BACKLOG_LEVELS.find(({ types }) => types.includes(typeName));
  if (!level) throw invalidValue(`Items of the type ${typeName} have no order on a backlog.`);
  const others = itemsOf(call, level).filter((item) => !moved.includes(item));
  const [previous, next] = [number(property(body, 'previousId')), number(property(body, 'nextId'))];
  for (const id of [previous, next])
    if (id !== 0 && !others.some((item) => item.id === id)) throw invalidNeighbor(id);
  const place =
    previous !== 0 ? others.findIndex(({ id }) => id === previous) + 1 : placeBefore(others, next);
  const ordered = [...others.slice(0, place), ...moved, ...others.slice(place)];
  const results: JsonObject[] = [];
  for (const [index, item] of ordered.entries()) {
    const order = (index + 1) * 1000;
    setRank(call, item, order);
    if (moved.includes(item)) results.push({ id: item.id, order });
  }
  const parent = property(body, 'parentId');
  if (typeof parent === 'number' && parent !== 0) for (const item of moved) checkParent(item, parent);
  return listOf(results.filter(isJsonObject));
}

function placeBefore(others: readonly WorkItem[], next: number): number {
  return next === 0 ? others.length : others.findIndex(({ id }) => id === next);
}

function invalidNeighbor(id: number): ApiFailure {
  return new ApiFailure(
    400,
    'InvalidReorderOperationException',
    `VS403500: The item ${id} is not on this backlog.`,
  );
}

function checkParent({ id, relations }: WorkItem, parent: number): void {
  if (relations.some(({ rel, target }) => rel === PARENT_REL && target === parent)) return;
  throw new ApiFailure(
    400,
    'InvalidReorderOperationException',
    `VS403500: The item ${id} is not below ${parent}.`,
  );
}

function setRank(call: ApiCall, item: WorkItem, rank: number): void {
  if (rankOf(item) === rank) return;
  const draft = draftOf(item, call.organization.projectOf(item));
  draft.fields[RANK] = rank;
  save(call.organization, draft, { by: call.organization.identityOf(call.caller.person), notify: true });
}
