import { type CallOptions, UnexpectedResponseError } from '@context-sdk/oauth-core';
import type { Projects } from '../projects/projects.ts';
import { expectArray } from '../transport/expect.ts';
import type { Transport } from '../transport/transport.ts';

/** Whose token this is. */
export interface AccountInfo {
  /** TickTick's number of the user; only known while the inbox holds a task. */
  id?: string;
  /** The account's e-mail address. */
  username: string;
  displayName?: string;
}

interface Member {
  username: string;
  displayName?: string;
  self?: boolean;
}

/** The signed-in user. TickTick has no route for it; the members of the inbox tell. */
export class Account {
  readonly #transport: Transport;
  readonly #projects: Projects;

  constructor(transport: Transport, projects: Projects) {
    this.#transport = transport;
    this.#projects = projects;
  }

  /** Two requests, side by side. Scope `tasks:read`. */
  async get(options?: CallOptions): Promise<AccountInfo> {
    const [self, id] = await Promise.all([this.#self(options), this.#id(options)]);
    const { username, displayName } = self;
    return { ...(id !== undefined && { id }), username, ...(displayName !== undefined && { displayName }) };
  }

  async #self(options?: CallOptions): Promise<Member> {
    const name = 'account.get';
    const path = '/project/inbox/members';
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    const self = expectArray<Member>(answer, ['username'], name).find((member) => member.self === true);
    if (self === undefined) {
      throw new UnexpectedResponseError('ticktick names no member of the inbox as the user.', {
        service: 'ticktick',
        field: 'self',
      });
    }
    return self;
  }

  /** The inbox's real id is `inbox` and the user's number; it only shows in the inbox's tasks. */
  async #id(options?: CallOptions): Promise<string | undefined> {
    const { tasks } = await this.#projects.data('inbox', options);
    const inboxId = tasks.find(({ projectId }) => /^inbox\d+$/.test(projectId))?.projectId;
    return inboxId?.slice('inbox'.length);
  }
}
