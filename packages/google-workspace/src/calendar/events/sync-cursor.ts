import {
  checkedInstant,
  checkedTimeZone,
  checkObject,
  type Instant,
  omitUndefined,
  type OwnOptions,
} from '@context-sdk/oauth-core/client-kit';
import { maskWith } from '../../fields-mask.ts';
import { checkedPageSize } from '../../input.ts';
import type { LibraryParams } from '../../wire.ts';
import { invalid } from '../errors.ts';
import { cursorText, readCursor } from '../sync/cursor-text.ts';
import { READ_OPTIONS, type ReadEventOptions } from './event-input.ts';
import { checkedCalendarId, checkedMaxAttendees } from './event-requests.ts';
import type { EventType } from './event.ts';

/** What Google accepts in no request with a sync token. `showDeleted` is not needed: deleted events are always included. */
const NOT_IN_A_SYNC = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'showDeleted',
  'timeMax',
  'updatedMin',
];

/** Google's largest page: the fewest requests. */
const PAGE_SIZE = 2500;
/** Ten years. */
const MAX_HORIZON_DAYS = 3660;
/** What {@link syncPages} reads itself. */
const NEEDED_FIELDS = 'nextPageToken,nextSyncToken,items(id,status,start,recurringEventId,originalStartTime)';

/** What of a calendar is synchronized. The cursor remembers it, so later syncs refuse other options. */
export interface SyncOptions extends ReadEventOptions {
  /** Recurring events as their instances. A series without an end has no last one: set `horizonDays`. */
  singleEvents?: boolean | undefined;
  eventTypes?: readonly EventType[] | undefined;
  showHiddenInvitations?: boolean | undefined;
  /** Events per request, from 1 to 2,500. Default: 2,500. */
  maxResults?: number | undefined;
  /**
   * Where the first sync, and one that starts over, begins: events that end later. Google accepts it only there; a later
   * sync reports changes of any event. With a cursor, it replaces the remembered one.
   */
  timeMin?: Instant | undefined;
  /**
   * Days from now, 1 to 3,660, within which events start. Each sync also reads what has come within reach since. An event
   * that has moved out of it is in `deleted`. With a cursor, it replaces the remembered one. Default: no end.
   */
  horizonDays?: number | undefined;
}

export const SYNC_OPTIONS: OwnOptions<SyncOptions> = {
  ...READ_OPTIONS,
  singleEvents: 'boolean',
  eventTypes: 'list',
  showHiddenInvitations: 'boolean',
  maxResults: 'number',
  timeMin: 'string|object',
  horizonDays: 'number',
};

/** Where a sync continues; without a token it reads everything. */
export interface SyncPosition {
  syncToken?: string | undefined;
  /** Of the next page of an unfinished sync. */
  pageToken?: string | undefined;
  /** Of the first sync: Google requires the same ones in every later sync. */
  parameters: LibraryParams;
  /** RFC 3339, for requests without a sync token. */
  timeMin?: string | undefined;
  horizonDays?: number | undefined;
  /** Events that start before then are known, in epoch milliseconds. Absent without `horizonDays`. */
  until?: number | undefined;
}

/** Throws {@link InvalidRequestError} for a text that is not a cursor, and for options that differ from the first sync's. */
export function positionOf(cursor: string | undefined, options?: SyncOptions): SyncPosition {
  const asked = syncParams(options ?? {});
  const bounds = omitUndefined({
    timeMin:
      options?.timeMin === undefined ? undefined : checkedInstant(options?.timeMin, 'timeMin', invalid).text,
    horizonDays: checkedHorizon(options?.horizonDays),
  });
  if (cursor === undefined) return { parameters: { maxResults: PAGE_SIZE, ...asked }, ...bounds };
  const position = read(cursor);
  if (position === undefined) throw invalid('cursor', 'is not a cursor of events.sync');
  const remembered = new Map<string, unknown>(Object.entries(position.parameters));
  for (const [field, value] of Object.entries(asked)) {
    if (field === 'calendarId' && options?.calendarId === undefined) continue;
    if (JSON.stringify(value) !== JSON.stringify(remembered.get(field))) {
      throw invalid(field, 'differs from the first sync: start over without a cursor');
    }
  }
  return { ...position, ...bounds };
}

/** The position as a text for the host to store. */
export function cursorOf(position: SyncPosition): string {
  return cursorText(position);
}

function syncParams(given: SyncOptions | null): LibraryParams {
  const options = given ?? {};
  checkObject(options, 'options', invalid);
  for (const field of NOT_IN_A_SYNC) {
    if (field in options) throw invalid(field, "can't be part of a sync");
  }
  const { singleEvents, showHiddenInvitations, maxAttendees, maxResults, timeZone, eventTypes } = options;
  return omitUndefined({
    calendarId: checkedCalendarId(options),
    singleEvents,
    showHiddenInvitations,
    maxAttendees: checkedMaxAttendees(maxAttendees),
    maxResults: checkedPageSize(maxResults, PAGE_SIZE, invalid),
    eventTypes: eventTypes && checkedTypes(eventTypes),
    timeZone: timeZone === undefined ? undefined : checkedTimeZone(timeZone, 'timeZone', invalid),
    fields: maskWith(options?.fields, NEEDED_FIELDS, invalid),
  });
}

function checkedTypes(types: readonly EventType[]): EventType[] {
  const isList: boolean = Array.isArray(types);
  if (!isList) throw invalid('eventTypes', 'is not a list');
  return types.toSorted();
}

function checkedHorizon(days: number | undefined): number | undefined {
  if (days === undefined) return undefined;
  if (Number.isInteger(days) && days >= 1 && days <= MAX_HORIZON_DAYS) return days;
  throw invalid('horizonDays', `must be a whole number from 1 to ${MAX_HORIZON_DAYS}`);
}

function read(cursor: string): SyncPosition | undefined {
  const position = readCursor(cursor) as Partial<SyncPosition> | undefined;
  const isPosition =
    typeof (position?.syncToken ?? position?.pageToken) === 'string' &&
    position?.parameters?.['calendarId'] !== undefined;
  return isPosition ? (position as SyncPosition) : undefined;
}
