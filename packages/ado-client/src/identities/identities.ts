import type { CallOptions } from '@context-sdk/oauth-core';
import { checkText } from '../input.ts';
import type { AdoIdentity } from '../model/identity.ts';
import type { AdoContext } from '../wire.ts';
import { currentUser } from './current-user.ts';
import { identityOf, type IdentityRecord } from './identity-record.ts';

/** A person with an id, which mentions need. */
export type KnownIdentity = AdoIdentity & { id: string };

/** People of the organization. */
export class Identities {
  readonly #service: AdoContext['service'];

  constructor({ service }: AdoContext) {
    this.#service = service;
  }

  /**
   * Who this client acts as. Any token of the organization may ask, whatever its scopes: it proves that the token is good.
   * Throws {@link ReauthorizationRequiredError} if it isn't.
   */
  async me(options?: CallOptions): Promise<KnownIdentity> {
    return identityOf(await currentUser(this.#service.call(options)));
  }

  /**
   * People whose display name, sign-in name or mail address begins with a text; none is no error. Groups, and people who have
   * left the organization, are left out.
   * Scope `vso.identity`; a personal access token: Identity (read).
   */
  async find(text: string, options?: CallOptions): Promise<KnownIdentity[]> {
    checkText(text, 'text');
    const query = { searchFilter: 'General', filterValue: text, queryMembership: 'None' };
    const response = await this.#service.call(options).send('identities.find', { query });
    const found = response.member('value').list<IdentityRecord>({ id: 'string' });
    return found
      .filter(({ isContainer, isActive }) => isContainer !== true && isActive !== false)
      .map(identityOf);
  }
}
