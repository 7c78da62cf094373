import { checkedTimeZone, omitUndefined } from '@context-sdk/oauth-core/client-kit';
import { checkedPageSize } from '../../input.ts';
import type { LibraryParams } from '../../wire.ts';
import { invalid } from '../errors.ts';
import type { ReadEventOptions } from './event-input.ts';
import { checkedCalendarId } from './event-requests.ts';
import type { EventType } from './event.ts';

/** What Google accepts in no request with a sync token. `showDeleted` is not needed: deleted events are always included. */
const NOT_IN_A_SYNC = [
  'iCalUID',
  'orderBy',
  'privateExtendedProperty',
  'q',
  'sharedExtendedProperty',
  'showDeleted',
  'timeMin',
  'timeMax',
  'updatedMin',
];

/** What of a calendar is synchronized. The cursor remembers it, so later syncs refuse other options. */
export interface SyncOptions extends ReadEventOptions {
  /** Recurring events as their instances. */
  singleEvents?: boolean | undefined;
  eventTypes?: readonly EventType[] | undefined;
  showHiddenInvitations?: boolean | undefined;
  /** Events per request, from 1 to 2,500. Google's default: 250. */
  maxResults?: number | undefined;
}

/** Where a sync continues; without a token it reads everything. */
export interface SyncPosition {
  syncToken?: string | undefined;
  /** Of the first sync: Google requires the same ones in every later sync. */
  parameters: LibraryParams;
}

/** Throws {@link InvalidRequestError} for a text that is not a cursor, and for options that differ from the first sync's. */
export function positionOf(cursor: string | undefined, options: SyncOptions = {}): SyncPosition {
  const asked = syncParams(options);
  if (cursor === undefined) return { parameters: asked };
  const position = read(cursor);
  if (position === undefined) throw invalid('cursor', 'is not a cursor of events.sync');
  const remembered = new Map<string, unknown>(Object.entries(position.parameters));
  for (const [field, value] of Object.entries(asked)) {
    if (field === 'calendarId' && options.calendarId === undefined) continue;
    if (JSON.stringify(value) !== JSON.stringify(remembered.get(field))) {
      throw invalid(field, 'differs from the first sync: start over without a cursor');
    }
  }
  return position;
}

/** The position as a text for the host to store. */
export function cursorOf(position: SyncPosition): string {
  const bytes = new TextEncoder().encode(JSON.stringify(position));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function syncParams(options: SyncOptions): LibraryParams {
  for (const field of NOT_IN_A_SYNC) {
    if (field in options) throw invalid(field, "can't be part of a sync");
  }
  const { singleEvents, showHiddenInvitations, maxAttendees, maxResults, timeZone, eventTypes } = options;
  return omitUndefined({
    calendarId: checkedCalendarId(options),
    singleEvents,
    showHiddenInvitations,
    maxAttendees,
    maxResults: checkedPageSize(maxResults, 2500, invalid),
    eventTypes: eventTypes && [...eventTypes].toSorted(),
    timeZone: timeZone === undefined ? undefined : checkedTimeZone(timeZone, 'timeZone', invalid),
  });
}

function read(cursor: string): SyncPosition | undefined {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
    const position = JSON.parse(new TextDecoder().decode(bytes)) as Partial<SyncPosition> | null;
    const isPosition =
      typeof position?.syncToken === 'string' && position.parameters?.['calendarId'] !== undefined;
    return isPosition ? (position as SyncPosition) : undefined;
  } catch {
    return undefined;
  }
}
