import type { CallOptions, Listing } from '@context-sdk/oauth-core';
import { listing } from '@context-sdk/oauth-core/client-kit';
import type { TickTickService } from '../operations.ts';
import type { ListOptions } from '../skipped.ts';
import type { FocusCalls } from './focus-calls.ts';
import type { Focus, FocusInput, FocusRange, FocusType } from './focus.ts';

/** Pomodoros and timed work. A request returns one of the two types. */
export class Focuses {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  /**
   * One focus of that type. Throws {@link NotFoundError}. Scope `tasks:read`. Documented, not tested against the service.
   */
  async get(focusId: string, ofType: { type: FocusType }, options?: CallOptions): Promise<Focus> {
    return await (await this.#calls()).get(focusId, ofType, options);
  }

  /**
   * The focus of one type from `from` to `to`, each once, from the oldest window to the newest; TickTick decides the order
   * inside a window. One request for every 29 days, since TickTick silently omits what is more than 30 days before `to`. An
   * abort ends it before the next request. Bounds are in whole seconds; what exactly has to be inside them is not
   * documented. Scope `tasks:read`. Documented, not tested against the service.
   */
  list(range: FocusRange, options?: ListOptions): Listing<Focus> {
    const load = (): Promise<FocusCalls> => this.#calls();
    return listing(async function* () {
      yield* (await load()).list(range, options);
    });
  }

  /**
   * Enters a focus. Not retried if the response is lost: it may exist then, and another call would enter a second one. Throws
   * {@link InvalidRequestError} for a note that is too long. Scope `tasks:write`. One client uses it in production; its response
   * was not recorded.
   */
  async create(input: FocusInput, options?: CallOptions): Promise<Focus> {
    return await (await this.#calls()).create(input, options);
  }

  /**
   * Deletes a focus and returns what TickTick says of it, which can be just `id` and `type`; `undefined` if there is no such
   * focus of that type, which is a success. Scope `tasks:write`. Documented, not tested against the service.
   */
  async delete(
    focusId: string,
    ofType: { type: FocusType },
    options?: CallOptions,
  ): Promise<Focus | undefined> {
    return await (await this.#calls()).delete(focusId, ofType, options);
  }

  /** Loaded on first use: most hosts have no use for it. */
  async #calls(): Promise<FocusCalls> {
    const { FocusCalls: Loaded } = await import('./focus-calls.ts');
    return new Loaded(this.#service);
  }
}
