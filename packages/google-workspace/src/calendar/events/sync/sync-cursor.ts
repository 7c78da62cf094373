import { present } from '../../../input/present.ts';
import type { ListingEvents } from '../../../library/calendar-library.ts';
import { checkPageSize } from '../../check-page-size.ts';
import { checkedCalendarId, invalid } from '../../invalid.ts';
import { checkedTimeZone } from '../../time/time-zone.ts';
import type { SyncOptions } from './sync-options.ts';

/** What Google takes in no request with a sync token, and deleted events come anyway. */
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

interface Position {
  syncToken: string;
  /** Of the first sync: Google wants them to stay as they were. */
  parameters: ListingEvents;
}

/** Throws {@link InvalidRequestError} naming what can't be right, or has no place in a sync. */
export function syncParameters(options: SyncOptions): ListingEvents {
  for (const field of NOT_IN_A_SYNC) {
    if (field in options) throw invalid(field, 'can not be part of a sync');
  }
  const { singleEvents, showHiddenInvitations, maxAttendees, maxResults, timeZone, eventTypes } = options;
  checkPageSize(maxResults, 2500);
  return {
    calendarId: checkedCalendarId(options),
    ...present({
      singleEvents,
      showHiddenInvitations,
      maxAttendees,
      maxResults,
      eventTypes: eventTypes && [...eventTypes].toSorted(),
      timeZone: timeZone === undefined ? undefined : checkedTimeZone(timeZone),
    }),
  };
}

/** The position as one text for the host to keep. */
export function cursorOf(position: Position): string {
  const bytes = new TextEncoder().encode(JSON.stringify(position));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** The position in a cursor. Throws for a text that is no cursor, and for options that differ from the first sync's. */
export function positionIn(cursor: string, options: SyncOptions): Position {
  const position = read(cursor);
  if (position === undefined) throw invalid('cursor', 'is not one that events.sync gave');
  const remembered = new Map<string, unknown>(Object.entries(position.parameters));
  const asked = Object.entries(syncParameters(options)).filter(
    ([field]) => field !== 'calendarId' || options.calendarId !== undefined,
  );
  for (const [field, value] of asked) {
    if (JSON.stringify(value) !== JSON.stringify(remembered.get(field))) {
      throw invalid(field, 'is not what it was in the first sync; begin anew without a cursor');
    }
  }
  return position;
}

function read(cursor: string): Position | undefined {
  try {
    const bytes = Uint8Array.from(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
    const position = JSON.parse(new TextDecoder().decode(bytes)) as Partial<Position> | null;
    const isPosition =
      typeof position?.syncToken === 'string' && position.parameters?.calendarId !== undefined;
    return isPosition ? (position as Position) : undefined;
  } catch {
    return undefined;
  }
}
