import { type CallOptions, type Listing, NotFoundError } from '@context-sdk/oauth-core';
import { present } from '../../input/present.ts';
import type { CalendarRequests } from '../calendar-requests.ts';
import { checkedCalendarId, checkedId } from '../invalid.ts';
import { checkedTimeZone } from '../time/time-zone.ts';
import { deleteEvent, moveEvent, patchEvent, replaceEvent } from './change-event.ts';
import type { Channel, WatchOptions } from './channels/channel.ts';
import { stopChannel } from './channels/stop-channel.ts';
import { watchEvents } from './channels/watch-events.ts';
import { createEvent } from './create-event.ts';
import type { CalendarEvent } from './event.ts';
import type { EventChanges, EventInput, NewEventInput } from './event-input.ts';
import type {
  ChangeOptions,
  CreateOptions,
  DeleteOptions,
  MoveOptions,
  ReadOptions,
} from './event-options.ts';
import type { EventQuery, InstanceQuery } from './event-query.ts';
import { listEvents, listInstances } from './list-events.ts';
import { syncEvents } from './sync/sync-events.ts';
import type { CalendarChanges, SyncOptions } from './sync/sync-options.ts';

/**
 * The events of a calendar, which is the user's own unless `calendarId` says otherwise. Scope `calendar.events`, or
 * `calendar`, which is the one that is asked for; reading needs no more than `calendar.events.readonly`.
 */
export class Events {
  readonly #requests: CalendarRequests;

  constructor(requests: CalendarRequests) {
    this.#requests = requests;
  }

  /**
   * Creates an event, once: it is sent with an id of its own, so that a lost answer is settled by looking. With a `key`
   * the id is the key's: the event that is there already is given as it is now, and one that was deleted comes back as
   * `event` says. Throws {@link ConflictError} where something else has the id, and {@link InvalidRequestError} naming
   * the field that can't be right; guests need a `sendUpdates`. Leaves a private extended property `contextSdkRequest`.
   */
  async create(event: NewEventInput, options: CreateOptions = {}): Promise<CalendarEvent> {
    return await createEvent(this.#requests, event, options);
  }

  /** An event, also a deleted one that Google still has: `status: 'cancelled'`. Throws {@link NotFoundError}. */
  async get(eventId: string, options: ReadOptions = {}): Promise<CalendarEvent> {
    const { maxAttendees, timeZone } = options;
    if (timeZone !== undefined) checkedTimeZone(timeZone);
    const place = { calendarId: checkedCalendarId(options), eventId: checkedId(eventId, 'eventId') };
    const parameters = { ...place, ...present({ maxAttendees, timeZone }) };
    const answer = await this.#requests.call('events.get', options, (api, library) =>
      api.events.get(parameters, library),
    );
    return answer.object<CalendarEvent>('id');
  }

  /** An event; `undefined` for one that does not exist, and for one that was deleted. */
  async find(eventId: string, options: ReadOptions = {}): Promise<CalendarEvent | undefined> {
    try {
      const event = await this.get(eventId, options);
      return event.status === 'cancelled' ? undefined : event;
    } catch (error) {
      if (error instanceof NotFoundError) return undefined;
      throw error;
    }
  }

  /**
   * Events of a calendar, page by page. Recurring ones come as themselves, unless `singleEvents` asks for their
   * instances. Throws {@link InvalidRequestError} for parameters that Google would refuse together.
   */
  list(query: EventQuery = {}): Listing<CalendarEvent> {
    return listEvents(this.#requests, query);
  }

  /** The instances of a recurring event, page by page. Throws {@link NotFoundError}. */
  instances(eventId: string, query: InstanceQuery = {}): Listing<CalendarEvent> {
    return listInstances(this.#requests, eventId, query);
  }

  /**
   * Changes what `changes` says: `null` clears, what is left out stays, lists are replaced whole. Throws
   * {@link ConflictError} where `ifMatch` no longer fits; after a lost answer that may be due to this very change.
   */
  async patch(eventId: string, changes: EventChanges, options: ChangeOptions): Promise<CalendarEvent> {
    return await patchEvent(this.#requests, eventId, changes, options);
  }

  /**
   * Replaces all of an event: what is left out is cleared. Of an event of somebody else's, {@link PermissionError}:
   * patch it. Throws {@link ConflictError} as `patch` does.
   */
  async replace(eventId: string, event: EventInput, options: ChangeOptions): Promise<CalendarEvent> {
    return await replaceEvent(this.#requests, eventId, event, options);
  }

  /** Deletes an event. One that is gone, or never was, is a success. Throws {@link ConflictError} as `patch` does. */
  async delete(eventId: string, options: DeleteOptions): Promise<void> {
    await deleteEvent(this.#requests, eventId, options);
  }

  /** Moves an event to another calendar, which becomes its organizer. Never sent twice on a lost answer. */
  async move(eventId: string, destination: string, options: MoveOptions): Promise<CalendarEvent> {
    return await moveEvent(this.#requests, eventId, destination, options);
  }

  /**
   * What has changed since the cursor of the last sync; everything, with `full: true`, without a cursor or where Google
   * has forgotten it. The cursor remembers calendar and options. Throws {@link InvalidRequestError} for a cursor that
   * is none, and for options that are not the first sync's.
   */
  async sync(cursor?: string, options: SyncOptions = {}): Promise<CalendarChanges> {
    return await syncEvents(this.#requests, cursor, options);
  }

  /**
   * Asks for notifications of changes. The first one, of type `sync`, may come before this answers. They are not quite
   * reliable: call `sync` now and then all the same. Never sent twice on a lost answer.
   */
  async watch(options: WatchOptions): Promise<Channel> {
    return await watchEvents(this.#requests, options);
  }

  /** Ends notifications, with a token of the user and app that began them. A channel that has ended is a success. */
  async stop(channel: Pick<Channel, 'id' | 'resourceId'>, options?: CallOptions): Promise<void> {
    await stopChannel(this.#requests, channel, options);
  }
}
