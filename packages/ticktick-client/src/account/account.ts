import type { CallOptions } from '@context-sdk/oauth-core';
import type { Identify } from '@context-sdk/oauth-core/providers';
import type { TickTickService } from '../operations.ts';

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
    const { inboxOwner } = await import('./inbox-owner.ts');
    return await inboxOwner(call);
  }
}
