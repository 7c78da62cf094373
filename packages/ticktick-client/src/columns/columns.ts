import type { CallOptions } from '@context-sdk/oauth-core';
import { checkFields, checkText } from '../input/checked-fields.ts';
import { checkedId } from '../input/checked-id.ts';
import type { Transport } from '../transport/transport.ts';
import type { Column, ColumnInput } from './column.ts';

function pathOf(projectId: string): string {
  return `/project/${checkedId(projectId, 'projectId')}/column`;
}

function checkColumn(input: ColumnInput): void {
  checkFields(input, 'column');
  checkText(input.name, 'name', 1000);
}

/** The columns of kanban projects. The Open API can't delete one. */
export class Columns {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Every column of a project. Scope `tasks:read`. */
  async list(projectId: string, options?: CallOptions): Promise<Column[]> {
    const path = pathOf(projectId);
    const answer = await this.#transport.get('columns.list', path, options);
    return answer.list<Column>('id');
  }

  /** Creates a column. Never sent twice on a lost answer. Scope `tasks:write`. */
  async create(projectId: string, input: ColumnInput, options?: CallOptions): Promise<Column> {
    const path = pathOf(projectId);
    checkColumn(input);
    const answer = await this.#transport.post('columns.create', 'unsafe', path, input, options);
    return answer.object<Column>('id');
  }

  /**
   * Renames a column. Throws {@link NotFoundError} for one that the project does not have, for which TickTick
   * answers 200 without content. Scope `tasks:write`.
   */
  async update(
    projectId: string,
    columnId: string,
    changes: ColumnInput,
    options?: CallOptions,
  ): Promise<Column> {
    const path = `${pathOf(projectId)}/${checkedId(columnId, 'columnId')}`;
    checkColumn(changes);
    const answer = await this.#transport.post('columns.update', 'idempotent', path, changes, options);
    return answer.present(`column ${columnId} there`).object<Column>('id');
  }
}
