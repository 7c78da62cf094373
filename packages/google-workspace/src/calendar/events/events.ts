import {
  type BulkOptions,
  type BulkOutcome,
  type CallOptions,
  loadedOnce,
  unlessNotFound,
} from '@context-sdk/oauth-core/client-kit';
import { itemListing, type ItemListing } from '../../list-items.ts';
import { type LibraryRequest, pagesOf } from '../../wire.ts';
import { openChannel, stopRequest } from '../channels/open-channel.ts';
import { SERVICE } from '../errors.ts';
import type { ImportIcsOptions, ImportOutcome } from '../ics/import-ics.ts';
import type { CalendarCall, CalendarOperationName, CalendarService } from '../operations.ts';
import type { BulkEvents } from './bulk/bulk-events.ts';
import type { EventChange, EventOutcome, NewEventItem } from './bulk/bulk-items.ts';
import type { BulkParts } from './bulk/run-bulk.ts';
import { type Channel, WATCH_OPTIONS, type WatchEventsOptions, watchRequest } from './channels.ts';
import {
  CHANGE_OPTIONS,
  type ChangeEventOptions,
  CREATE_OPTIONS,
  type CreateEventOptions,
  DELETE_OPTIONS,
  type DeleteEventOptions,
  type EventChanges,
  type EventInput,
  MOVE_OPTIONS,
  type MoveEventOptions,
  type NewEventInput,
  READ_OPTIONS,
  type ReadEventOptions,
} from './event-input.ts';
import {
  type EventQuery,
  INSTANCE_OPTIONS,
  instanceParams,
  type InstanceQuery,
  LIST_OPTIONS,
  listParams,
} from './event-query.ts';
import {
  checkSendUpdates,
  deleteRequest,
  moveRequest,
  type QuickAddOptions,
  quickAddRequest,
  readRequest,
} from './event-requests.ts';
import type { CalendarEvent } from './event.ts';
import type { FollowingChange, FollowingOptions } from './following/following.ts';
import type { EventResponse, RespondOptions } from './respond.ts';
import type { SyncOptions } from './sync-cursor.ts';
import type { CalendarChanges } from './sync-events.ts';
import type { SyncPage } from './sync-pages.ts';

/**
 * The events of a calendar. Default: the user's own; `calendarId` names another. Scope `calendar.events`, or `calendar`,
 * which is the one to ask for; reading needs no more than `calendar.events.readonly`.
 */
export class Events {
  readonly #service: CalendarService;
  readonly #bulkParts: Omit<BulkParts, 'service'>;
  /** On first use: most hosts change single events. */
  readonly #loadBulk = loadedOnce(async (): Promise<BulkEvents> => {
    const { BulkEvents: Loaded } = await import('./bulk/bulk-events.ts');
    return new Loaded({ ...this.#bulkParts, service: this.#service });
  });

  constructor(service: CalendarService, bulkParts: Omit<BulkParts, 'service'>) {
    this.#service = service;
    this.#bulkParts = bulkParts;
  }

  /**
   * Creates an event, once: it is sent with an id of its own, so that a lost response is settled by reading it back. With
   * a `key`, the id belongs to the key: an existing event is returned as it is, and a deleted one is restored as `event`
   * says. Throws {@link ConflictError} if something else has the id, and {@link InvalidRequestError} naming the field that
   * can't be right; guests need `sendUpdates`. Leaves a private extended property `contextSdkRequest`.
   */
  async create(event: NewEventInput, options?: CreateEventOptions): Promise<CalendarEvent> {
    const { checkedCreation, createOnce } = await import('./create-event.ts');
    const creation = await checkedCreation(event, options);
    return await createOnce(this.#service.call(options, CREATE_OPTIONS), creation);
  }

  /** An event, or a deleted one that Google still has: `status: 'cancelled'`. Throws {@link NotFoundError}. */
  async get(eventId: string, options?: ReadEventOptions): Promise<CalendarEvent> {
    return await this.#send(
      'events.get',
      readRequest(eventId, options),
      this.#service.call(options, READ_OPTIONS),
    );
  }

  /** An event, or `undefined` if it doesn't exist or was deleted. */
  async find(eventId: string, options?: ReadEventOptions): Promise<CalendarEvent | undefined> {
    const event = await unlessNotFound(this.get(eventId, options));
    return event?.status === 'cancelled' ? undefined : event;
  }

  /**
   * Events of a calendar, page by page. Recurring events are returned as they are; `singleEvents` returns their instances
   * instead. An event without an id is `skipped`. Throws {@link InvalidRequestError} for parameters that Google would refuse
   * together.
   */
  list(query?: EventQuery): ItemListing<CalendarEvent> {
    return itemListing<CalendarEvent>(query, () =>
      pagesOf(SERVICE, this.#service.call(query, LIST_OPTIONS), 'events.list', listParams(query)),
    );
  }

  /** The instances of a recurring event, page by page. Throws {@link NotFoundError}. */
  instances(eventId: string, query?: InstanceQuery): ItemListing<CalendarEvent> {
    return itemListing<CalendarEvent>(query, () => {
      const call = this.#service.call(query, INSTANCE_OPTIONS);
      return pagesOf(SERVICE, call, 'events.instances', instanceParams(eventId, query));
    });
  }

  /**
   * Applies `changes`: `null` clears, what is left out stays, lists are replaced as a whole. Throws {@link ConflictError}
   * if `ifMatch` no longer fits. If a response is lost, the event shows whether this very change is the reason: then it is returned.
   */
  async patch(eventId: string, changes: EventChanges, options: ChangeEventOptions): Promise<CalendarEvent> {
    const { patchRequest } = await import('./event-writes.ts');
    return await this.#change('events.patch', patchRequest(eventId, changes, options), options);
  }

  /**
   * Replaces an event as a whole: what is left out is cleared. Throws {@link PermissionError} for another person's event,
   * which can only be patched, and {@link ConflictError} as `patch` does.
   */
  async replace(eventId: string, event: EventInput, options: ChangeEventOptions): Promise<CalendarEvent> {
    const { replaceRequest } = await import('./event-writes.ts');
    return await this.#change('events.replace', replaceRequest(eventId, event, options), options);
  }

  /** Deletes an event. Succeeds if it doesn't exist. Throws {@link ConflictError} as `patch` does. */
  async delete(eventId: string, options: DeleteEventOptions): Promise<void> {
    const request = deleteRequest(eventId, options);
    await unlessNotFound(this.#service.call(options, DELETE_OPTIONS).send('events.delete', request));
  }

  /** Moves an event to another calendar, which becomes its organizer. Not retried if the response is lost. */
  async move(eventId: string, destination: string, options: MoveEventOptions): Promise<CalendarEvent> {
    return await this.#send(
      'events.move',
      moveRequest(eventId, destination, options),
      this.#service.call(options, MOVE_OPTIONS),
    );
  }

  /**
   * What has changed since the cursor of the last sync. Without a cursor, or if Google has forgotten it: everything, with
   * `full: true`. The cursor remembers the calendar and the options. Throws {@link InvalidRequestError} for a text that is
   * not a cursor, and for options that differ from the first sync's.
   */
  async sync(cursor?: string, options?: SyncOptions): Promise<CalendarChanges> {
    const { syncEvents } = await import('./sync-events.ts');
    return await syncEvents(this.#service, cursor, options);
  }

  /**
   * The same page by page, for calendars that are too large to hold: at most one page is in memory. Every page has a cursor
   * that continues after it, so a stopped host resumes there. Errors as in {@link sync}, and after the pages before.
   */
  async *syncPages(cursor?: string, options?: SyncOptions): AsyncGenerator<SyncPage> {
    const { syncPages } = await import('./sync-pages.ts');
    yield* syncPages(this.#service, cursor, options);
  }

  /**
   * Asks for notifications of changes. The first one, of type `sync`, may arrive before this returns. Notifications can get
   * lost: also call `sync` from time to time. Not retried if the response is lost.
   */
  async watch(options: WatchEventsOptions): Promise<Channel> {
    const request = watchRequest(options);
    return await openChannel(this.#service.call(options, WATCH_OPTIONS), 'events.watch', request);
  }

  /**
   * Ends notifications of any channel, with a token of the user and app that began them. Succeeds if the channel has already
   * ended.
   */
  async stop(channel: Pick<Channel, 'id' | 'resourceId'>, options?: CallOptions): Promise<void> {
    const request = stopRequest(channel);
    await unlessNotFound(this.#service.call(options).send('events.stop', request));
  }

  /**
   * Answers an invitation for the user, and leaves the other guests' answers alone. An instance or a whole series. Throws
   * {@link InvalidRequestError} if the user isn't a guest.
   */
  async respond(eventId: string, response: EventResponse, options?: RespondOptions): Promise<CalendarEvent> {
    const { respondTo } = await import('./respond.ts');
    const call = this.#service.call(options, {
      calendarId: 'string',
      comment: 'string',
      sendUpdates: 'string',
    });
    return await respondTo(call, eventId, response, options ?? {});
  }

  /**
   * Creates an event from a sentence: `Lunch with Noor on Friday 12:30`. Google reads it, in English and some other
   * languages. Not retried if the response is lost: the event may exist then, and another call would create a second one.
   */
  async quickAdd(text: string, options: QuickAddOptions): Promise<CalendarEvent> {
    return await this.#send(
      'events.quickAdd',
      quickAddRequest(text, options),
      this.#service.call(options, MOVE_OPTIONS),
    );
  }

  /**
   * Changes an instance of a series and all that follow: ends the series before it, and continues it as a new one with
   * `changes`. Guests, their answers, the meeting link and exceptions stay. Can be repeated if it was interrupted. Throws
   * {@link ConflictError} if the series was changed meanwhile: then nothing is left of the new one.
   */
  async patchFollowing(
    instanceId: string,
    changes: EventChanges,
    options: FollowingOptions,
  ): Promise<FollowingChange> {
    const { patchFollowing } = await import('./following/following.ts');
    return await patchFollowing(this.#service.call(options, MOVE_OPTIONS), instanceId, changes, options);
  }

  /** Deletes an instance of a series and all that follow. Returns what is left of the series; `undefined` if nothing is. */
  async deleteFollowing(instanceId: string, options: FollowingOptions): Promise<CalendarEvent | undefined> {
    checkSendUpdates(options?.sendUpdates);
    const { deleteFollowing } = await import('./following/following.ts');
    return await deleteFollowing(this.#service.call(options, MOVE_OPTIONS), instanceId, options);
  }

  /**
   * Imports the events of an iCalendar text (`.ics`, RFC 5545) as private copies: their guests learn nothing. Each has its
   * `UID`, so that importing again brings it up to date. Returns one outcome per event. Throws {@link InvalidRequestError}
   * for a text that is no calendar.
   */
  async import(ics: string, options?: ImportIcsOptions): Promise<ImportOutcome[]> {
    const { importIcs } = await import('../ics/import-ics.ts');
    return await importIcs(
      this.#service.call(options, { calendarId: 'string', timeZone: 'string' }),
      ics,
      options ?? {},
    );
  }

  /**
   * Creates any number of events in one calendar, 50 per request, and returns one outcome per event, in order. Each is
   * created once, as by {@link create}, also if a response is lost. An invalid event is `failed` and doesn't affect the
   * others. After an abort, the events that were not sent are `failed`.
   */
  async createMany(
    events: readonly NewEventItem[],
    options?: Omit<CreateEventOptions, 'key'> & BulkOptions,
  ): Promise<EventOutcome[]> {
    return await (await this.#loadBulk()).create(events, options ?? {});
  }

  /** Changes any number of events of one calendar, 50 per request. Outcomes as {@link createMany}. */
  async patchMany(
    changes: readonly EventChange[],
    options: Omit<ChangeEventOptions, 'ifMatch'> & BulkOptions,
  ): Promise<EventOutcome[]> {
    return await (await this.#loadBulk()).patch(changes, options);
  }

  /** Deletes any number of events of one calendar, 50 per request. One that doesn't exist is `ok`. */
  async deleteMany(
    events: readonly (string | Pick<EventChange, 'id' | 'ifMatch'>)[],
    options: Omit<DeleteEventOptions, 'ifMatch'> & BulkOptions,
  ): Promise<BulkOutcome<{ id: string }>[]> {
    return await (await this.#loadBulk()).delete(events, options);
  }

  async #change(
    name: 'events.patch' | 'events.replace',
    request: LibraryRequest,
    options: ChangeEventOptions,
  ): Promise<CalendarEvent> {
    const call = this.#service.call(options, CHANGE_OPTIONS);
    if (options.ifMatch === undefined) return await this.#send(name, request, call);
    const { writeConditionally } = await import('./conditional-write.ts');
    return await writeConditionally(call, name, request);
  }

  async #send(
    name: CalendarOperationName,
    request: LibraryRequest,
    call: CalendarCall,
  ): Promise<CalendarEvent> {
    const response = await call.send(name, request);
    return response.object<CalendarEvent>({ id: 'string' });
  }
}
