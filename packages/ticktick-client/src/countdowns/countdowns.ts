import type { CallOptions } from '@context-sdk/oauth-core';
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
    const answer = await this.#transport.get('countdowns.list', '/countdown', options);
    return answer.list<Countdown>('id');
  }
}
