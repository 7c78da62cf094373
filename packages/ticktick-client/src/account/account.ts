import type { CallOptions } from '@context-sdk/oauth-core';
import { oneDeadline } from '@context-sdk/oauth-core/client-kit';
import type { ProjectMember } from '../projects/project.ts';
import type { Projects } from '../projects/projects.ts';
import { unexpected } from '../transport/unexpected.ts';

/** Whose token this is. */
export interface AccountInfo {
  /** TickTick's number of the user; only known while the inbox holds a task. */
  id?: string;
  /** The account's e-mail address. */
  username: string;
  displayName?: string;
}

/** The signed-in user. TickTick has no route for it; the members of the inbox tell. */
export class Account {
  readonly #projects: Projects;

  constructor(projects: Projects) {
    this.#projects = projects;
  }

  /** Two requests, side by side. Scope `tasks:read`. */
  async get(options?: CallOptions): Promise<AccountInfo> {
    const call = oneDeadline(options, 'ticktick');
    const [self, id] = await Promise.all([this.#self(call), this.#id(call)]);
    const { username, displayName } = self;
    return { ...(id !== undefined && { id }), username, ...(displayName !== undefined && { displayName }) };
  }

  async #self(options?: CallOptions): Promise<ProjectMember> {
    const members = await this.#projects.members('inbox', options);
    const self = members.find((member) => member.self === true);
    if (self === undefined) throw unexpected('names no member of the inbox as the user', 'self');
    return self;
  }

  /** The inbox's real id is `inbox` and the user's number; it only shows in the inbox's tasks. */
  async #id(options?: CallOptions): Promise<string | undefined> {
    const { tasks } = await this.#projects.data('inbox', options);
    const inboxId = tasks.find(({ projectId }) => /^inbox\d+$/.test(projectId))?.projectId;
    return inboxId?.slice('inbox'.length);
  }
}
