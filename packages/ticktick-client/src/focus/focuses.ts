import { type CallOptions, type Listing, listing } from '@context-sdk/oauth-core';
import { wireForm } from '../dates/wire-date.ts';
import { present } from '../projects/present.ts';
import { unlessNotFound } from '../tasks/locate.ts';
import { checkedId } from '../transport/checked-id.ts';
import { expectArray, expectObject } from '../transport/expect.ts';
import type { Transport } from '../transport/transport.ts';
import type { Focus, FocusInput, FocusRange, FocusType } from './focus.ts';
import { rangeOf, typeQuery, wireFocus } from './focus-input.ts';
import { windows } from './windows.ts';

function pathOf(focusId: string): string {
  return `/focus/${checkedId(focusId, 'focusId')}`;
}

/** The documentation shows a bare list, a client in use reads one under `focuses`. */
function focusesFrom(answer: unknown, name: string): Focus[] {
  if (Array.isArray(answer)) return expectArray<Focus>(answer, ['id'], name);
  const { focuses } = expectObject<{ focuses?: unknown }>(answer, [], name);
  return expectArray<Focus>(focuses, ['id'], name, 'focuses');
}

/** Pomodoros and timed work. Each of the two types is asked for by itself. */
export class Focuses {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** One focus of that type. Throws {@link NotFoundError}. Scope `tasks:read`. Documented only, never seen live. */
  async get(focusId: string, ofType: { type: FocusType }, options?: CallOptions): Promise<Focus> {
    const name = 'focus.get';
    const path = pathOf(focusId);
    const searchParams = typeQuery(ofType);
    const answer = await this.#transport.send(
      { name, effect: 'read', method: 'GET', path, searchParams },
      options,
    );
    return expectObject<Focus>(present(answer, `focus ${focusId} of this type`), ['id'], name);
  }

  /**
   * The focus of one type from `from` to `to`, each once, window by window from the oldest; the order inside a
   * window is TickTick's. One request for every 29 days or part of it, since TickTick silently leaves out what is
   * more than 30 days before `to`. An abort ends it before the next request. Bounds are in whole seconds; what
   * exactly has to lie between them is not documented. Scope `tasks:read`. Documented only, never seen live.
   */
  list(range: FocusRange, options?: CallOptions): Listing<Focus> {
    const transport = this.#transport;
    const name = 'focus.list';
    return listing(async function* () {
      const { from, to, type } = rangeOf(range);
      const seen = new Set<string>();
      for (const window of windows(from, to)) {
        const searchParams = { from: wireForm(window.from), to: wireForm(window.to), type };
        const answer = await transport.send(
          { name, effect: 'read', method: 'GET', path: '/focus', searchParams },
          options,
        );
        for (const focus of focusesFrom(answer, name)) {
          if (!seen.has(focus.id)) yield focus;
          seen.add(focus.id);
        }
      }
    });
  }

  /**
   * Enters a focus. Never sent twice on a lost answer. Throws {@link InvalidRequestError} for a note that is too
   * long. Scope `tasks:write`. Seen live by one client; its answer was not recorded.
   */
  async create(input: FocusInput, options?: CallOptions): Promise<Focus> {
    const name = 'focus.create';
    const json = wireFocus(input);
    const answer = await this.#transport.send(
      { name, effect: 'write', method: 'POST', path: '/focus', json },
      options,
    );
    return expectObject<Focus>(answer, ['id'], name);
  }

  /**
   * Deletes a focus and gives what TickTick answers of it, which may be no more than `id` and `type`; `undefined`
   * where there is none of that type (any more), which is a success. Scope `tasks:write`. Documented only, never
   * seen live.
   */
  async delete(
    focusId: string,
    ofType: { type: FocusType },
    options?: CallOptions,
  ): Promise<Focus | undefined> {
    const name = 'focus.delete';
    const path = pathOf(focusId);
    const searchParams = typeQuery(ofType);
    const answer = await unlessNotFound(
      this.#transport.send({ name, effect: 'idempotent', method: 'DELETE', path, searchParams }, options),
    );
    return answer === undefined ? undefined : expectObject<Focus>(answer, ['id'], name);
  }
}
