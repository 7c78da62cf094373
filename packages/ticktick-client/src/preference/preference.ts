import type { CallOptions } from '@context-sdk/oauth-core';
import type { TickTickCall, TickTickService } from '../operations.ts';

/** The account's settings, as far as TickTick shows them. Also has the fields that are not listed here. */
export interface UserPreference {
  /** IANA; the zone of tasks that have none of their own. */
  timeZone: string;
}

/** The account's settings, which the Open API can only read. */
export class Preference {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  /** The account's time zone. Changes nothing, though TickTick requires a POST. Scope `tasks:read`. */
  async get(options?: CallOptions): Promise<UserPreference> {
    return await accountPreference(this.#service.call(options));
  }
}

export async function accountPreference(call: TickTickCall): Promise<UserPreference> {
  const response = await call.send('preference.get', {});
  return response.object<UserPreference>({ timeZone: 'string' });
}
