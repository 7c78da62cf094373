import { textOf } from '@context-sdk/oauth-core/client-kit';
import { invalid, unexpected } from '../errors.ts';
import { checkedId, checkedName, checkList, checkMembers } from '../input.ts';
import { UPDATE_OPTIONS, type WorkItemUpdateOptions } from '../model/options.ts';
import type { WorkItem } from '../model/work-item.ts';
import { targetIds } from '../requests/target-ids.ts';
import { TEAM_OPTIONS, type TeamOptions, teamPlace } from '../teams/teams.ts';
import type { AdoCall, AdoContext } from '../wire.ts';
import { updateWorkItem } from '../work-items/update-work-item.ts';

/** A column of a board. */
export interface BoardColumn {
  id: string;
  name: string;
  /** 0: no limit. */
  itemLimit?: number;
  /** The state that an item of a type gets in this column. */
  stateMappings?: Record<string, string>;
  columnType?: 'incoming' | 'inProgress' | 'outgoing';
  /** Whether it has a half for what is being done and one for what is done. */
  isSplit?: boolean | null;
  [more: string]: unknown;
}

/** A swimlane; the one that a board always has is without a name. */
export interface BoardRow {
  id: string;
  name: string | null;
  [more: string]: unknown;
}

/** A board with its columns and swimlanes. */
export interface Board {
  id: string;
  name: string;
  columns: BoardColumn[];
  rows: BoardRow[];
  /** The fields in which this board keeps an item's place. */
  fields: Record<'columnField' | 'rowField' | 'doneField', { referenceName: string }>;
  [more: string]: unknown;
}

/** A level of a backlog, such as that of stories. */
export interface Backlog {
  /** `Microsoft.RequirementCategory`. */
  id: string;
  name: string;
  rank?: number;
  workItemTypes?: { name: string }[];
  [more: string]: unknown;
}

/** Where items go on a backlog. One of `after` and `before` is needed. */
export interface Reordering {
  ids: readonly number[];
  after?: number | undefined;
  before?: number | undefined;
  /** The item above them. Default: none. */
  parent?: number | undefined;
}

/** Where an item goes on a board. */
export interface BoardPlace {
  column: string;
  /** The right half of a column that is split. */
  isDone?: boolean | undefined;
  /** A swimlane by its name. */
  row?: string | undefined;
}

type Params = Record<string, string>;

/** Boards and backlogs of a team. Scope `vso.work`, to move items `vso.work_write`. */
export class Boards {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /** The names of the team's boards. */
  async list(options?: TeamOptions): Promise<Pick<Board, 'id' | 'name'>[]> {
    const request = { params: this.#params(options) };
    const response = await this.#context.service.call(options, TEAM_OPTIONS).send('boards.list', request);
    return response.member('value').list<Pick<Board, 'id' | 'name'>>({ id: 'string', name: 'string' });
  }

  /** A board, by its name or id. Throws {@link NotFoundError}. */
  async get(board: string, options?: TeamOptions): Promise<Board> {
    const params = this.#params(options);
    return await getBoard(this.#context.service.call(options, TEAM_OPTIONS), board, params);
  }

  /** The levels of the team's backlog. */
  async backlogs(options?: TeamOptions): Promise<Backlog[]> {
    const request = { params: this.#params(options) };
    const response = await this.#context.service.call(options, TEAM_OPTIONS).send('boards.backlogs', request);
    return response.member('value').list<Backlog>({ id: 'string', name: 'string' });
  }

  /** The ids of a backlog's items, in their order. `backlog` is the id of a level. Throws {@link NotFoundError}. */
  async backlogItems(backlog: string, options?: TeamOptions): Promise<number[]> {
    const request = { params: { ...this.#params(options), backlog: checkedName(backlog, 'backlog') } };
    const response = await this.#context.service
      .call(options, TEAM_OPTIONS)
      .send('boards.backlogItems', request);
    return targetIds(response.member('workItems'));
  }

  /** Puts items elsewhere on their backlog; gives their new ranks. Throws {@link InvalidRequestError}. */
  async reorder(order: Reordering, options?: TeamOptions): Promise<{ id: number; order: number }[]> {
    checkMembers(order, { ids: true, after: true, before: true, parent: true }, '', 'order');
    checkList(order.ids, 'ids');
    const ids = order.ids.map((id, index) => checkedId(id, `ids[${index}]`));
    if (ids.length === 0) throw invalid('ids', 'is empty');
    const given = (name: 'after' | 'before' | 'parent'): number =>
      order[name] === undefined ? 0 : checkedId(order[name], name);
    const json = { ids, previousId: given('after'), nextId: given('before'), parentId: given('parent') };
    if (json.previousId === 0 && json.nextId === 0) throw invalid('after', 'or before is needed');
    const request = { params: this.#params(options), json };
    const response = await this.#context.service.call(options, TEAM_OPTIONS).send('boards.reorder', request);
    return response.member('value').list<{ id: number; order: number }>({ id: 'number', order: 'number' });
  }

  /**
   * Puts an item into a column of a board, which sets its state, too: two requests. Throws {@link InvalidRequestError}
   * that names the columns if the board has no such one.
   */
  async setColumn(
    id: number,
    board: string,
    place: BoardPlace,
    given?: WorkItemUpdateOptions & TeamOptions,
  ): Promise<WorkItem> {
    const { team, project, ...options } = given ?? {};
    checkedId(id, 'id');
    checkMembers(place, { column: true, isDone: true, row: true }, 'place.', 'place');
    const { service } = this.#context;
    const call = service.call(options, UPDATE_OPTIONS);
    const { columns, rows, fields } = await getBoard(call, board, this.#params({ team, project }));
    const column = named(columns, place.column, 'column');
    const row = place.row === undefined ? undefined : named(rows, place.row, 'row');
    const values = {
      [fieldName(fields, 'columnField')]: column.name,
      ...(row && { [fieldName(fields, 'rowField')]: row.name }),
      ...(place.isDone !== undefined && { [fieldName(fields, 'doneField')]: place.isDone }),
    };
    return await updateWorkItem(call, this.#context, id, { fields: values }, options);
  }

  #params(options: TeamOptions | undefined): Params {
    const { project, team } = teamPlace(options, this.#context.project);
    return { project, ...(team !== undefined && { team }) };
  }
}

async function getBoard(call: AdoCall, board: string, params: Params): Promise<Board> {
  const request = { params: { ...params, board: checkedName(board, 'board') } };
  const response = await call.send('boards.get', request);
  const read = response.object<Board>({ id: 'string', name: 'string', fields: 'object' });
  const columns = response.member('columns', []).list<BoardColumn>({ id: 'string', name: 'string' });
  return { ...read, columns, rows: response.member('rows', []).list<BoardRow>({ id: 'string' }) };
}

function fieldName(fields: Partial<Board['fields']>, name: keyof Board['fields']): string {
  const referenceName: unknown = fields[name]?.referenceName;
  if (typeof referenceName === 'string') return referenceName;
  throw unexpected(`names no ${name} of the board`, `fields.${name}`);
}

function named<T extends { name: string | null }>(all: readonly T[], name: string, field: string): T {
  const found = all.find((one) => textOf(one.name)?.toLowerCase() === name?.toLowerCase());
  if (found) return found;
  throw invalid(
    field,
    `must be one of ${all
      .map((one) => one.name)
      .filter(Boolean)
      .join(', ')}`,
  );
}
