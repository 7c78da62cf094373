import type { CallOptions, Listing } from '@context-sdk/oauth-core';
import { listing, oneDeadline } from '@context-sdk/oauth-core/client-kit';
import { wireForm } from '../dates/wire-date.ts';
import type { Answer } from '../transport/answer.ts';
import { checkedId } from '../input/checked-id.ts';
import type { Transport } from '../transport/transport.ts';
import { unlessNotFound } from '../transport/unless-not-found.ts';
import type { Focus, FocusInput, FocusRange, FocusType } from './focus.ts';
import { checkedRange, typeQuery, wireFocus } from './focus-input.ts';
import { windows } from './windows.ts';

function pathOf(focusId: string): string {
  return `/focus/${checkedId(focusId, 'focusId')}`;
}

/** The documentation shows a bare list, a client in use reads one under `focuses`. */
function focusesFrom(answer: Answer): Focus[] {
  const list = Array.isArray(answer.value) ? answer : answer.member('focuses');
  return list.list<Focus>('id');
}

/** Pomodoros and timed work. Each of the two types is asked for by itself. */
export class Focuses {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** One focus of that type. Throws {@link NotFoundError}. Scope `tasks:read`. Documented only, never seen live. */
  async get(focusId: string, ofType: { type: FocusType }, options?: CallOptions): Promise<Focus> {
    const path = pathOf(focusId);
    const searchParams = typeQuery(ofType);
    const answer = await this.#transport.get('focus.get', path, options, searchParams);
    return answer.present(`focus ${focusId} of this type`).object<Focus>('id');
  }

  /**
   * The focus of one type from `from` to `to`, each once, window by window from the oldest; the order inside a
   * window is TickTick's. One request for every 29 days or part of it, since TickTick silently leaves out what is
   * more than 30 days before `to`. An abort ends it before the next request. Bounds are in whole seconds; what
   * exactly has to lie between them is not documented. Scope `tasks:read`. Documented only, never seen live.
   */
  list(range: FocusRange, options?: CallOptions): Listing<Focus> {
    const transport = this.#transport;
    return listing(async function* () {
      const { from, to, type } = checkedRange(range);
      const call = oneDeadline(options, 'ticktick');
      const seen = new Set<string>();
      for (const window of windows(from, to)) {
        const searchParams = { from: wireForm(window.from), to: wireForm(window.to), type };
        const answer = await transport.get('focus.list', '/focus', call, searchParams);
        for (const focus of focusesFrom(answer)) {
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
    const json = wireFocus(input);
    const answer = await this.#transport.post('focus.create', 'unsafe', '/focus', json, options);
    return answer.object<Focus>('id');
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
    const path = pathOf(focusId);
    const searchParams = typeQuery(ofType);
    const answer = await unlessNotFound(this.#transport.delete('focus.delete', path, options, searchParams));
    return answer?.value === undefined ? undefined : answer.object<Focus>('id');
  }
}
