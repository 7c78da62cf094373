import type { CallOptions } from '@context-sdk/oauth-core';
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
    const answer = await this.#transport.post('preference.get', 'safe', '/preference', undefined, options);
    return answer.object<UserPreference>('timeZone');
  }
}
