import type { JsonObject } from '../../json.ts';
import { type ApiCall, type ApiRoute, listOf, reading, teamUrl } from '../api/api-call.ts';
import { BACKLOG_LEVELS, type BacklogLevel, boardId, levelOf, typesOf } from './backlog-levels.ts';

/** Boards of a team. */
export const BOARD_ROUTES: readonly ApiRoute[] = [
  reading('board.list', 'GET work/boards', (call) =>
    listOf(BACKLOG_LEVELS.map((level) => referenceTo(call, level))),
  ),
  reading('board.get', 'GET work/boards/{board}', boardToWire),
  reading('board.columns', 'GET work/boards/{board}/columns', (call) =>
    listOf(columnsOf(call, levelOf(call, 'board'))),
  ),
  reading('board.rows', 'GET work/boards/{board}/rows', () => listOf(ROWS)),
  reading('board.userSettings', 'GET work/boards/{board}/boardusersettings', (call) => {
    levelOf(call, 'board');
    return { autoRefreshState: true };
  }),
  reading('board.cardSettings', 'GET work/boards/{board}/cardsettings', (call) => {
    const shown = ['System.Title', 'System.Id', 'System.AssignedTo', 'System.State'];
    const fields = shown.map((fieldIdentifier) => ({ fieldIdentifier }));
    return {
      cards: Object.fromEntries(typesOf(call, levelOf(call, 'board')).map(({ name }) => [name, fields])),
    };
  }),
  reading('board.cardRuleSettings', 'GET work/boards/{board}/cardrulesettings', (call) => ({
    rules: { fill: [], tagStyle: [] },
    url: teamUrl(call, `work/boards/${boardId(call, levelOf(call, 'board'))}/cardrulesettings`),
  })),
  reading('board.charts', 'GET work/boards/{board}/charts', (call) => {
    const board = boardId(call, levelOf(call, 'board'));
    return listOf([
      { name: 'cumulativeFlow', url: teamUrl(call, `work/boards/${board}/charts/cumulativeFlow`) },
    ]);
  }),
];

const ROWS = [{ id: '00000000-0000-0000-0000-000000000000', name: null, color: null }];

function referenceTo(call: ApiCall, level: BacklogLevel): JsonObject {
  const id = boardId(call, level);
  return { id, name: level.name, url: teamUrl(call, `work/boards/${id}`) };
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
function columnField(call: ApiCall, level: BacklogLevel): string {
  return `WEF_${boardId(call, level).replaceAll('-', '').toUpperCase()}_Kanban.Column`;
}

function columnsOf(call: ApiCall, level: BacklogLevel): JsonObject[] {
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
