import type { CallOptions } from '@context-sdk/oauth-core';
import { checkFields, checkText } from '../input/checked-fields.ts';
import { checkedId } from '../input/checked-id.ts';
import type { Transport } from '../transport/transport.ts';
import type { ProjectGroup, ProjectGroupInput } from './group.ts';

function checkGroup(input: ProjectGroupInput): void {
  checkFields(input, 'group');
  checkText(input.name, 'name', 64);
}

/** The folders that the user's projects lie in. TickTick documents no way to put a project into one. */
export class Groups {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Every group. Scope `tasks:read`. */
  async list(options?: CallOptions): Promise<ProjectGroup[]> {
    const answer = await this.#transport.get('groups.list', '/project/group', options);
    return answer.list<ProjectGroup>('id');
  }

  /**
   * Creates a group. Never sent twice on a lost answer. Scope `tasks:write`.
   */
  async create(input: ProjectGroupInput, options?: CallOptions): Promise<ProjectGroup> {
    checkGroup(input);
    const answer = await this.#transport.post('groups.create', 'unsafe', '/project/group', input, options);
    return answer.object<ProjectGroup>('id');
  }

  /**
   * Renames a group. Throws {@link NotFoundError} where TickTick answers without content, which is how it says
   * elsewhere that nothing matched; for groups that is inference. Scope `tasks:write`.
   */
  async update(groupId: string, changes: ProjectGroupInput, options?: CallOptions): Promise<ProjectGroup> {
    const path = `/project/group/${checkedId(groupId, 'groupId')}`;
    checkGroup(changes);
    const answer = await this.#transport.post('groups.update', 'idempotent', path, changes, options);
    return answer.present(`project group ${groupId}`).object<ProjectGroup>('id');
  }

  /**
   * Deletes a group. One that is gone already is a success, as far as is known; what becomes of its projects is
   * not documented. Scope `tasks:write`.
   */
  async delete(groupId: string, options?: CallOptions): Promise<void> {
    const path = `/project/group/${checkedId(groupId, 'groupId')}`;
    await this.#transport.delete('groups.delete', path, options);
  }
}
