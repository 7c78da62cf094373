import type { CallOptions } from '@context-sdk/oauth-core';
import { expectObject } from '../transport/expect.ts';
import type { Transport } from '../transport/transport.ts';
import type { UserPreference } from './user-preference.ts';

/** The account's settings, which the Open API can only read. */
export class Preference {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The account's time zone. Changes nothing, though TickTick wants it as a POST. Scope `tasks:read`. */
  async get(options?: CallOptions): Promise<UserPreference> {
    const name = 'preference.get';
    const path = '/preference';
    const answer = await this.#transport.send({ name, effect: 'read', method: 'POST', path }, options);
    return expectObject<UserPreference>(answer, ['timeZone'], name);
  }
}
