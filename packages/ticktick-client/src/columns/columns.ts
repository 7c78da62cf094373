import type { CallOptions } from '@context-sdk/oauth-core';
import { found } from '../errors.ts';
import { checkFields, checkText } from '../input.ts';
import type { TickTickService } from '../operations.ts';
import { listRows, rowOf, type RowShape } from '../rows.ts';
import { LIST_OPTIONS, type ListOptions, onSkip } from '../skipped.ts';
import type { Task } from '../tasks/task.ts';

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

/** Also for the columns in a project's data. */
export const COLUMN: RowShape<Column> = { text: 'projectId name', fields: { number: 'sortOrder' } };

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
  async list(projectId: string, options?: ListOptions): Promise<Column[]> {
    return await listRows(this.#service, 'columns.list', { params: { projectId } }, COLUMN, options);
  }

  /**
   * The open tasks of a column, in the app's order. Throws {@link NotFoundError} if the project has no such column. One request.
   * Scope `tasks:read`.
   */
  async tasks(projectId: string, columnId: string, options?: ListOptions): Promise<Task[]> {
    const call = onSkip(this.#service.call(options, LIST_OPTIONS), options?.onSkipped);
    const { tasksInColumn } = await import('./list-column-tasks.ts');
    return await tasksInColumn(projectId, columnId, call);
  }

  /**
   * Creates a column. Not retried if the response is lost: it may exist then, and another call would create a second one. Scope
   * `tasks:write`.
   */
  async create(projectId: string, input: ColumnInput, options?: CallOptions): Promise<Column> {
    checkColumn(input);
    const request = { params: { projectId }, json: input };
    const response = await this.#service.call(options).send('columns.create', request);
    return rowOf(response, COLUMN);
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
    return rowOf(found(response, `column ${columnId} there`), COLUMN);
  }
}
