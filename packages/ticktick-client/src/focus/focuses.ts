import type { CallOptions, Listing } from '@context-sdk/oauth-core';
import { listing, type ServiceResponse, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { type Span, wireForm } from '../dates/date-input.ts';
import { found } from '../errors.ts';
import { type TickTickCall, type TickTickService, WITH_ID } from '../operations.ts';
import { rowsOf } from '../rows.ts';
import { checkedRange, typeQuery, windowsOf, wireFocus } from './focus-input.ts';
import type { Focus, FocusInput, FocusRange, FocusType } from './focus.ts';

/** The documentation shows a bare list; a client in use reads one under `focuses`. */
function focusesFrom(response: ServiceResponse): Focus[] {
  const isList = Array.isArray(response.value) || response.value === null;
  return rowsOf<Focus>(isList ? response : response.member('focuses'), 'id');
}

async function listWindow({ from, to }: Span, type: FocusType, call: TickTickCall): Promise<Focus[]> {
  const query = { from: wireForm(from), to: wireForm(to), type };
  return focusesFrom(await call.send('focus.list', { query }));
}

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
    const request = { params: { focusId }, query: typeQuery(ofType) };
    const response = await this.#service.call(options).send('focus.get', request);
    return found(response, `focus ${focusId} of this type`).object<Focus>(WITH_ID);
  }

  /**
   * The focus of one type from `from` to `to`, each once, from the oldest window to the newest; TickTick decides the order
   * inside a window. One request for every 29 days, since TickTick silently omits what is more than 30 days before `to`. An
   * abort ends it before the next request. Bounds are in whole seconds; what exactly has to be inside them is not
   * documented. Scope `tasks:read`. Documented, not tested against the service.
   */
  list(range: FocusRange, options?: CallOptions): Listing<Focus> {
    const service = this.#service;
    return listing(async function* () {
      const { type, ...span } = checkedRange(range);
      const call = service.call(options);
      const seen = new Set<string>();
      for (const window of windowsOf(span)) {
        for (const focus of await listWindow(window, type, call)) {
          if (!seen.has(focus.id)) yield focus;
          seen.add(focus.id);
        }
      }
    });
  }

  /**
   * Enters a focus. Not retried if the response is lost. Throws {@link InvalidRequestError} for a note that is too long.
   * Scope `tasks:write`. One client uses it in production; its response was not recorded.
   */
  async create(input: FocusInput, options?: CallOptions): Promise<Focus> {
    const json = wireFocus(input);
    return (await this.#service.call(options).send('focus.create', { json })).object<Focus>(WITH_ID);
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
    const request = { params: { focusId }, query: typeQuery(ofType) };
    const response = await unlessNotFound(this.#service.call(options).send('focus.delete', request));
    return response?.value === undefined ? undefined : response.object<Focus>(WITH_ID);
  }
}
