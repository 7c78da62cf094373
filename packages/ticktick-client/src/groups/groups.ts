import type { CallOptions } from '@context-sdk/oauth-core';
import { unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { found } from '../errors.ts';
import { checkFields, checkText } from '../input.ts';
import type { TickTickService } from '../operations.ts';
import type { ProjectViewMode } from '../projects/project.ts';
import { listRows, rowOf, type RowShape } from '../rows.ts';
import type { ListOptions } from '../skipped.ts';

/** A folder of projects; a project names it in `groupId`. Also has the fields that are not listed here. */
export interface ProjectGroup {
  id: string;
  name: string;
  sortOrder?: number;
  /** Whether the app offers the tasks of all its projects as one list. */
  showAll?: boolean;
  viewMode?: ProjectViewMode | (string & {});
}

/** A group's name, at most 64 characters, as `length` counts them. */
export interface ProjectGroupInput {
  name: string;
}

const GROUP: RowShape<ProjectGroup> = {
  text: 'name',
  fields: { string: 'viewMode', number: 'sortOrder', boolean: 'showAll' },
};

function checkGroup(input: ProjectGroupInput): void {
  checkFields(input, 'group');
  checkText(input.name, 'name', 64);
}

/** The folders that contain the user's projects. TickTick documents no way to put a project into one. */
export class Groups {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  /** Every group. Scope `tasks:read`. */
  async list(options?: ListOptions): Promise<ProjectGroup[]> {
    return await listRows(this.#service, 'groups.list', {}, GROUP, options);
  }

  /**
   * Creates a group. Not retried if the response is lost: it may exist then, and another call would create a second one. Scope
   * `tasks:write`.
   */
  async create(input: ProjectGroupInput, options?: CallOptions): Promise<ProjectGroup> {
    checkGroup(input);
    const response = await this.#service.call(options).send('groups.create', { json: input });
    return rowOf(response, GROUP);
  }

  /**
   * Renames a group. Throws {@link NotFoundError} if TickTick answers without content, which elsewhere means that nothing
   * matched; for groups this is inferred. Scope `tasks:write`.
   */
  async update(groupId: string, changes: ProjectGroupInput, options?: CallOptions): Promise<ProjectGroup> {
    checkGroup(changes);
    const request = { params: { groupId }, json: changes };
    const response = await this.#service.call(options).send('groups.update', request);
    return rowOf(found(response, `project group ${groupId}`), GROUP);
  }

  /**
   * Deletes a group. Succeeds if it is already deleted, as far as is known. What happens to its projects is not
   * documented. Scope `tasks:write`.
   */
  async delete(groupId: string, options?: CallOptions): Promise<void> {
    await unlessNotFound(this.#service.call(options).send('groups.delete', { params: { groupId } }));
  }
}
