import type { CallOptions } from '@context-sdk/oauth-core';
import { type ServiceResponse, unlessNotFound } from '@context-sdk/oauth-core/client-kit';
import { wireForm } from '../dates/date-input.ts';
import { found } from '../errors.ts';
import type { TickTickService } from '../operations.ts';
import { rowOf, type RowShape, rowsOf } from '../rows.ts';
import { LIST_OPTIONS, type ListOptions, onSkip } from '../skipped.ts';
import { checkedRange, typeQuery, windowsOf, wireFocus } from './focus-input.ts';
import type { Focus, FocusInput, FocusRange, FocusType } from './focus.ts';

const PART: RowShape = {
  key: '',
  fields: { string: 'taskId title habitId timerId timerName', date: 'startTime endTime' },
};

const FOCUS: RowShape<Focus> = {
  fields: {
    string: 'taskId note etag',
    number: 'userId type status pauseDuration adjustTime etimestamp duration',
    boolean: 'added',
    date: 'startTime endTime createdTime modifiedTime',
    'number[]': 'relationType',
  },
  lists: { tasks: PART },
};

/** The documentation shows a bare list; a client in use reads one under `focuses`. */
function listIn(response: ServiceResponse): ServiceResponse {
  const isList = Array.isArray(response.value) || response.value === null;
  return isList ? response : response.member('focuses');
}

/** The calls of {@link Focuses}. */
export class FocusCalls {
  readonly #service: TickTickService;

  constructor(service: TickTickService) {
    this.#service = service;
  }

  async get(focusId: string, ofType: { type: FocusType }, options?: CallOptions): Promise<Focus> {
    const request = { params: { focusId }, query: typeQuery(ofType) };
    const response = await this.#service.call(options).send('focus.get', request);
    return rowOf(found(response, `focus ${focusId} of this type`), FOCUS);
  }

  async *list(range: FocusRange, options?: ListOptions): AsyncGenerator<Focus> {
    const { type, ...span } = checkedRange(range);
    const call = onSkip(this.#service.call(options, LIST_OPTIONS), options?.onSkipped);
    const seen = new Set<string>();
    for (const { from, to } of windowsOf(span)) {
      const query = { from: wireForm(from), to: wireForm(to), type };
      const response = listIn(await call.send('focus.list', { query }));
      for (const focus of rowsOf<Focus>(response, FOCUS, call)) {
        if (!seen.has(focus.id)) yield focus;
        seen.add(focus.id);
      }
    }
  }

  async create(input: FocusInput, options?: CallOptions): Promise<Focus> {
    const json = wireFocus(input);
    return rowOf(await this.#service.call(options).send('focus.create', { json }), FOCUS);
  }

  async delete(
    focusId: string,
    ofType: { type: FocusType },
    options?: CallOptions,
  ): Promise<Focus | undefined> {
    const request = { params: { focusId }, query: typeQuery(ofType) };
    const response = await unlessNotFound(this.#service.call(options).send('focus.delete', request));
    return response?.value === undefined ? undefined : rowOf(response, FOCUS);
  }
}
