import type { CallOptions } from '@context-sdk/oauth-core';
import { expectArray } from '../transport/expect.ts';
import type { Transport } from '../transport/transport.ts';
import type { Countdown } from './countdown.ts';

/** The user's countdowns, which the Open API can only list. */
export class Countdowns {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** Every countdown. Scope `tasks:read`. Documented only, never seen live. */
  async list(options?: CallOptions): Promise<Countdown[]> {
    const name = 'countdowns.list';
    const path = '/countdown';
    const answer = await this.#transport.send({ name, effect: 'read', method: 'GET', path }, options);
    return expectArray<Countdown>(answer, ['id'], name);
  }
}
