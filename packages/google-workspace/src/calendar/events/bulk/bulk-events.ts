import {
  type BulkOptions,
  type BulkOutcome,
  checkEach,
  type Checked,
  newOutcomes,
  ServiceResponse,
} from '@context-sdk/oauth-core/client-kit';
import { ConflictError, InvalidRequestError, NotFoundError } from '@context-sdk/oauth-core/errors';
import { type BatchPart, isConditional } from '../../../batch/batch-part.ts';
import type { LibraryRequest } from '../../../wire.ts';
import { invalid } from '../../errors.ts';
import type { CalendarCall } from '../../operations.ts';
import { settleWrite } from '../conditional-write.ts';
import { checkedCreation, createOnce, type Creation, isTaken } from '../create-event.ts';
import {
  type ChangeEventOptions,
  type CreateEventOptions,
  type DeleteEventOptions,
  MOVE_OPTIONS,
  WRITE_OPTIONS,
} from '../event-input.ts';
import { deleteRequest } from '../event-requests.ts';
import { patchRequest } from '../event-writes.ts';
import type { CalendarEvent } from '../event.ts';
import type { EventChange, EventOutcome, NewEventItem } from './bulk-items.ts';
import { asOutcome, type BulkParts, type BulkPlan, runBulk } from './run-bulk.ts';

type Bulk<Options> = Options & BulkOptions;

const WRITE_MANY = { ...WRITE_OPTIONS, sendUpdates: 'string', onProgress: 'function' } as const;
const DELETE_MANY = { ...MOVE_OPTIONS, onProgress: 'function' } as const;

const CREATE: BulkPlan<Creation, { event: CalendarEvent }> = {
  name: 'events.createMany',
  partOf: ({ calendarId, params, body }) => partOf('POST', { params: { ...params, calendarId }, json: body }),
  outcomeOf: async (item, result, call) => {
    if (result instanceof ServiceResponse) return { status: 'ok', event: eventIn(result) };
    if (!isTaken(result)) return { status: 'failed', error: result };
    return await recreated(item, call);
  },
  // Asking again finds the event by its id, if it was created.
  settle: (item, _error, call) => recreated(item, call),
};

const PATCH: BulkPlan<LibraryRequest, { event: CalendarEvent }> = {
  name: 'events.patchMany',
  partOf: (request) => partOf('PATCH', request),
  outcomeOf: (_item, result) =>
    result instanceof ServiceResponse
      ? { status: 'ok', event: eventIn(result) }
      : { status: 'failed', error: result },
  settle: async (item, error, call) => {
    const sent = isConditional(item)
      ? settleWrite(call, 'events.patch', item, error)
      : call.send('events.patch', item).then(eventIn);
    const outcome = await asOutcome(
      sent.then((event) => ({ event })),
      call,
    );
    // The etag no longer fits: perhaps because of this very change, with a later one.
    const isChanged = outcome.status === 'failed' && outcome.error instanceof ConflictError;
    return isChanged ? { status: 'unknown', error } : outcome;
  },
};

const DELETE: BulkPlan<LibraryRequest, { id: string }> = {
  name: 'events.deleteMany',
  partOf: (request) => partOf('DELETE', request),
  outcomeOf: ({ params }, result) =>
    result instanceof ServiceResponse || result instanceof NotFoundError
      ? { status: 'ok', id: String(params?.['eventId']) }
      : { status: 'failed', error: result },
  settle: async (item, error, call) => {
    const outcome = await asOutcome(
      call.send('events.delete', item).then(() => idOf(item)),
      call,
    );
    const isGone = outcome.status !== 'ok' && outcome.error instanceof NotFoundError;
    return isGone
      ? { status: 'ok', ...idOf(item) }
      : outcome.status === 'ok'
        ? outcome
        : { status: 'unknown', error };
  },
};

async function recreated(item: Creation, call: CalendarCall): Promise<EventOutcome> {
  return await asOutcome(
    createOnce(call, item).then((event) => ({ event })),
    call,
  );
}

function checkItems(items: unknown): void {
  if (!Array.isArray(items)) throw invalid('events', 'is not a list');
}

function checkItem(item: unknown, field: string): void {
  if (typeof item !== 'object' || item === null) throw invalid(field, 'is not an object');
}

/** The calls on many events. */
export class BulkEvents {
  readonly #parts: BulkParts;

  constructor(parts: BulkParts) {
    this.#parts = parts;
  }

  async create(
    items: readonly NewEventItem[],
    options: Bulk<Omit<CreateEventOptions, 'key'>>,
  ): Promise<EventOutcome[]> {
    const call = this.#parts.service.call(options, WRITE_MANY);
    checkItems(items);
    const outcomes = newOutcomes<{ event: CalendarEvent }>(items.length);
    const checked: Checked<Creation>[] = [];
    for (const [index, item] of Array.from(items).entries()) {
      try {
        checkItem(item, `items[${index}]`);
        const { key, ...event } = item;
        checked.push({ index, item: await checkedCreation(event, { ...options, key }) });
      } catch (error) {
        if (!(error instanceof InvalidRequestError)) throw error;
        outcomes[index] = { status: 'failed', error };
      }
    }
    return await runBulk(CREATE, checked, outcomes, this.#parts, call, options?.onProgress);
  }

  async patch(
    items: readonly EventChange[],
    options: Bulk<Omit<ChangeEventOptions, 'ifMatch'>>,
  ): Promise<EventOutcome[]> {
    const call = this.#parts.service.call(options, WRITE_MANY);
    checkItems(items);
    const outcomes = newOutcomes<{ event: CalendarEvent }>(items.length);
    const checked = checkEach(items, outcomes, (item, at) => {
      checkItem(item, at);
      const { id, changes, ifMatch } = item;
      return patchRequest(id, changes, { ...options, ifMatch });
    });
    return await runBulk(PATCH, checked, outcomes, this.#parts, call, options?.onProgress);
  }

  async delete(
    items: readonly (string | Pick<EventChange, 'id' | 'ifMatch'>)[],
    options: Bulk<Omit<DeleteEventOptions, 'ifMatch'>>,
  ): Promise<BulkOutcome<{ id: string }>[]> {
    const call = this.#parts.service.call(options, DELETE_MANY);
    checkItems(items);
    const outcomes = newOutcomes<{ id: string }>(items.length);
    const checked = checkEach(items, outcomes, (item) => {
      const { id, ifMatch } = typeof item === 'string' ? { id: item, ifMatch: undefined } : { ...item };
      return deleteRequest(id, { ...options, ifMatch });
    });
    return await runBulk(DELETE, checked, outcomes, this.#parts, call, options?.onProgress);
  }
}

function eventIn(response: ServiceResponse): CalendarEvent {
  return response.object<CalendarEvent>({ id: 'string' });
}

function idOf({ params }: LibraryRequest): { id: string } {
  return { id: String(params?.['eventId']) };
}

/** The request as it stands in a batch, where the ids are a part of its path. */
function partOf(method: BatchPart['method'], { params = {}, json, headers }: LibraryRequest): BatchPart {
  const { calendarId, eventId, ...query } = params;
  const event = eventId === undefined ? '' : `/${encodeURIComponent(String(eventId))}`;
  const path = `/calendars/${encodeURIComponent(String(calendarId))}/events${event}`;
  return { method, path, params: query, json, headers };
}
