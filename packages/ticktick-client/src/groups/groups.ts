import type { CallOptions } from '@context-sdk/oauth-core';
import { checkFields, checkText } from '../projects/checked-fields.ts';
import { present } from '../projects/present.ts';
import { checkedId } from '../transport/checked-id.ts';
import { expectArray, expectObject } from '../transport/expect.ts';
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
    const name = 'groups.list';
    const path = '/project/group';
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    return expectArray<ProjectGroup>(answer, ['id'], name);
  }

  /**
   * Creates a group. Never sent twice on a lost answer. Scope `tasks:write`.
   */
  async create(input: ProjectGroupInput, options?: CallOptions): Promise<ProjectGroup> {
    const name = 'groups.create';
    checkGroup(input);
    const answer = await this.#transport.send(
      { name, effect: 'write', method: 'POST', path: '/project/group', json: input },
      options,
    );
    return expectObject<ProjectGroup>(answer, ['id'], name);
  }

  /**
   * Renames a group. Throws {@link NotFoundError} where TickTick answers without content, which is how it says
   * elsewhere that nothing matched; for groups that is inference. Scope `tasks:write`.
   */
  async update(groupId: string, changes: ProjectGroupInput, options?: CallOptions): Promise<ProjectGroup> {
    const name = 'groups.update';
    const path = `/project/group/${checkedId(groupId, 'groupId')}`;
    checkGroup(changes);
    const answer = await this.#transport.send(
      { name, effect: 'idempotent', method: 'POST', path, json: changes },
      options,
    );
    return expectObject<ProjectGroup>(present(answer, `project group ${groupId}`), ['id'], name);
  }

  /**
   * Deletes a group. One that is gone already is a success, as far as is known; what becomes of its projects is
   * not documented. Scope `tasks:write`.
   */
  async delete(groupId: string, options?: CallOptions): Promise<void> {
    const path = `/project/group/${checkedId(groupId, 'groupId')}`;
    await this.#transport.send(
      { name: 'groups.delete', effect: 'idempotent', method: 'DELETE', path },
      options,
    );
  }
}
