import type { CallOptions } from '@context-sdk/oauth-core';
import { omitUndefined } from '@context-sdk/oauth-core/client-kit';
import type { Identify } from '@context-sdk/oauth-core/providers';
import { errors } from '../errors.ts';
import type { TickTickCall, TickTickService } from '../operations.ts';
import type { ProjectMember } from '../projects/project.ts';
import { rowsOf } from '../rows.ts';
import { openTasksOf } from '../tasks/project-tasks.ts';

/** The user that a token belongs to. */
export interface AccountInfo {
  /** TickTick's number of the user; only known while the inbox contains a task. */
  id?: string;
  /** The account's email address. At a gateway, the name of the account, or else its email address or id. */
  username: string;
  /** Only at a gateway. */
  email?: string;
  displayName?: string;
}

/** The signed-in user. TickTick has no route for it; the members of the inbox name the user. */
export class Account {
  readonly #service: TickTickService;
  readonly #identify: Identify | undefined;

  constructor(service: TickTickService, identify: Identify | undefined) {
    this.#service = service;
    this.#identify = identify;
  }

  /** Takes two requests, sent together. Scope `tasks:read`. At a gateway, takes what the client's `identify` takes. */
  async get(options?: CallOptions): Promise<AccountInfo> {
    if (this.#identify) {
      const account = await this.#service.identify(this.#identify, options);
      const { email, id = '', username = email ?? id } = account;
      return { ...account, username };
    }
    const call = this.#service.call(options);
    const [{ username, displayName }, id] = await Promise.all([memberSelf(call), userId(call)]);
    return { username, ...omitUndefined({ id, displayName }) };
  }
}

async function memberSelf(call: TickTickCall): Promise<ProjectMember> {
  const response = await call.send('projects.members', { params: { projectId: 'inbox' } });
  const members = rowsOf<ProjectMember>(response, 'username');
  const self = members.find((member) => member.self === true);
  if (self === undefined) throw errors.unexpected('names no member of the inbox as the user', 'self');
  return self;
}

/** The inbox's real id is `inbox` and the user's number; only its tasks show it. */
async function userId(call: TickTickCall): Promise<string | undefined> {
  const tasks = (await openTasksOf('inbox', call)) ?? [];
  const inboxId = tasks.find(({ projectId }) => /^inbox\d+$/.test(projectId))?.projectId;
  return inboxId?.slice('inbox'.length);
}
