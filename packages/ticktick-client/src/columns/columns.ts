import type { CallOptions } from '@context-sdk/oauth-core';
import { found } from '../errors.ts';
import { checkFields, checkText, type FieldNames } from '../input.ts';
import type { TickTickService } from '../operations.ts';
import { rowOf, rowsOf } from '../rows.ts';

/** A column of a kanban project. Also has the fields that are not listed here. */
export interface Column {
  id: string;
  projectId: string;
  name: string;
  sortOrder?: number;
}

/** A column's name, at most 1,000 characters, as `length` counts them. */
export interface ColumnInput {
  name: string;
}

export const COLUMN_TEXT = 'projectId name';
export const COLUMN_FIELDS: FieldNames = { number: 'sortOrder' };

function checkColumn(input: ColumnInput): void {
  checkFields(input, 'column');
  checkText(input.name, 'name', 1000);
}

/** The columns of kanban projects. The Open API can't delete one. */
export class Columns {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  /** Every column of a project. Scope `tasks:read`. */
  async list(projectId: string, options?: CallOptions): Promise<Column[]> {
    const response = await this.#service.call(options).send('columns.list', { params: { projectId } });
    return rowsOf<Column>(response, 'id', COLUMN_FIELDS, COLUMN_TEXT);
  }

  /** Creates a column. Not retried if the response is lost. Scope `tasks:write`. */
  async create(projectId: string, input: ColumnInput, options?: CallOptions): Promise<Column> {
    checkColumn(input);
    const request = { params: { projectId }, json: input };
    const response = await this.#service.call(options).send('columns.create', request);
    return rowOf<Column>(response, 'id', COLUMN_FIELDS, COLUMN_TEXT);
  }

  /**
   * Renames a column. Throws {@link NotFoundError} if the project has no such column, for which TickTick answers 200
   * without content. Scope `tasks:write`.
   */
  async update(
    projectId: string,
    columnId: string,
    changes: ColumnInput,
    options?: CallOptions,
  ): Promise<Column> {
    checkColumn(changes);
    const request = { params: { projectId, columnId }, json: changes };
    const response = await this.#service.call(options).send('columns.update', request);
    return rowOf<Column>(found(response, `column ${columnId} there`), 'id', COLUMN_FIELDS, COLUMN_TEXT);
  }
}
