import { isJsonObject, type JsonObject, type JsonValue } from '../../json.ts';
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
import { property, readObject } from '../api/read-body.ts';
import { invalidValue } from '../failures.ts';
import { findType, type WorkItemType } from '../organization/project.ts';
import { draftOf } from '../work-items/draft.ts';
import { PARENT_REL } from '../work-items/relation-types.ts';
import { save } from '../work-items/save.ts';
import { workItemUrl } from '../work-items/wire.ts';
import { current, textField, type WorkItem } from '../work-items/work-item.ts';

/** A level of the backlog, whose items a board shows by their state. */
interface Level {
  readonly id: string;
  readonly name: string;
  readonly rank: number;
  readonly types: readonly string[];
}

const LEVELS: readonly Level[] = [
  { id: 'Microsoft.EpicCategory', name: 'Epics', rank: 3, types: ['Epic'] },
  { id: 'Microsoft.FeatureCategory', name: 'Features', rank: 2, types: ['Feature'] },
  {
    id: 'Microsoft.RequirementCategory',
    name: 'Stories',
    rank: 1,
    types: ['User Story', 'Product Backlog Item', 'Bug'],
  },
];

const RANK = 'Microsoft.VSTS.Common.StackRank';

/** Boards and backlogs of a team. */
export const BOARD_ROUTES: readonly ApiRoute[] = [
  reading('board.list', 'GET work/boards', (call) => listOf(LEVELS.map((level) => referenceTo(call, level)))),
  reading('board.get', 'GET work/boards/{board}', boardToWire),
  reading('board.columns', 'GET work/boards/{board}/columns', (call) =>
    listOf(columnsOf(call, levelOf(call, 'board'))),
  ),
  reading('board.rows', 'GET work/boards/{board}/rows', () => listOf(ROWS)),
  reading('backlog.list', 'GET work/backlogs', (call) =>
    listOf(LEVELS.map((level) => backlogToWire(call, level))),
  ),
  reading('backlog.get', 'GET work/backlogs/{backlog}', (call) =>
    backlogToWire(call, levelOf(call, 'backlog')),
  ),
  reading('backlog.workItems', 'GET work/backlogs/{backlog}/workitems', (call) => {
    const targets = itemsOf(call, levelOf(call, 'backlog')).map(({ id }) => ({
      rel: null,
      source: null,
      target: { id, url: workItemUrl(call.organization, id) },
    }));
    return { workItems: targets };
  }),
  writing('backlog.reorder', 'PATCH work/workitemsorder', reorder),
  writing('backlog.reorder', 'PATCH work/iterations/{iteration}/workitemsorder', reorder),
];

const ROWS = [{ id: '00000000-0000-0000-0000-000000000000', name: null, color: null }];

function teamUrl(call: ApiCall): string {
  return `${call.organization.url}/${requiredProject(call).id}/${requiredTeam(call).id}/_apis/work`;
}

/** By its name, its category or the board's id, in any case. */
function levelOf(call: ApiCall, param: 'board' | 'backlog'): Level {
  const wanted = pathParam(call, param).toLowerCase();
  const level = LEVELS.find((one) =>
    [one.id.toLowerCase(), one.name.toLowerCase(), boardId(call, one)].includes(wanted),
  );
  if (!level)
    throw new ApiFailure(
      404,
      'BacklogDoesNotExistException',
      `VS403411: The ${param} ${wanted} does not exist.`,
    );
  return level;
}

/** The same for the same team. */
function boardId(call: ApiCall, { rank }: Level): string {
  return `${requiredTeam(call).id.slice(0, -1)}${rank}`;
}

function referenceTo(call: ApiCall, level: Level): JsonObject {
  const id = boardId(call, level);
  return { id, name: level.name, url: `${teamUrl(call)}/boards/${id}` };
}

function boardToWire(call: ApiCall): JsonObject {
  const level = levelOf(call, 'board');
  return {
    ...referenceTo(call, level),
    revision: 1,
    columns: columnsOf(call, level),
    rows: ROWS,
    isValid: true,
    canEdit: true,
    allowedMappings: {},
    fields: {
      columnField: { referenceName: columnField(call, level) },
      rowField: { referenceName: columnField(call, level).replace('.Column', '.Lane') },
      doneField: { referenceName: `${columnField(call, level)}.Done` },
    },
  };
}

/** A board keeps its column in a field of its own, which only its items have. */
function columnField(call: ApiCall, level: Level): string {
  return `WEF_${boardId(call, level).replaceAll('-', '').toUpperCase()}_Kanban.Column`;
}

function typesOf(call: ApiCall, { types }: Level): readonly WorkItemType[] {
  return types.flatMap((name) => findType(requiredProject(call), name) ?? []);
}

function columnsOf(call: ApiCall, level: Level): JsonObject[] {
  const types = typesOf(call, level);
  const states = (types[0]?.states ?? []).filter(({ category }) => category !== 'Removed');
  return states.map(({ name }, index) => ({
    id: `${boardId(call, level).slice(0, -2)}${index}${level.rank}`,
    name,
    itemLimit: index === 0 || index === states.length - 1 ? 0 : 5,
    stateMappings: Object.fromEntries(types.map((type) => [type.name, name])),
    columnType: index === 0 ? 'incoming' : index === states.length - 1 ? 'outgoing' : 'inProgress',
    isSplit: false,
  }));
}

function backlogToWire(call: ApiCall, { id, name, rank, types }: Level): JsonObject {
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

function rankOf(item: WorkItem): number {
  const rank = current(item).fields[RANK];
  return typeof rank === 'number' ? rank : 1e9 + item.id;
}

/** The items of a level in their order. */
function itemsOf(call: ApiCall, { types }: Level): readonly WorkItem[] {
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
  const level = LEVELS.find(({ types }) => types.includes(typeName));
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
