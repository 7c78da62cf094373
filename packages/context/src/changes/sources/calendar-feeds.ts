import type { CalendarListEntry, GoogleCalendarClient } from '@context-sdk/google-workspace';
import {
  InvalidRequestError,
  MissingScopeError,
  NetworkError,
  RateLimitError,
  TimeoutError,
} from '@context-sdk/oauth-core';
import { isOfOneCalendar, isOwnCalendar } from '../../utils/own-calendars.ts';
import type { UserContext } from '../change-source.ts';

/** How the primary calendar is named, in events and positions. */
export const PRIMARY = 'primary';

/** Where the next poll of the user's calendars starts. */
export interface CalendarPosition {
  /** Of the list of calendars. Absent if the grant doesn't cover the list. */
  list?: string;
  /** Of each calendar's events, by its id; `null` for one that could not be read yet. */
  cursors: Record<string, string | null>;
  /** Whether there was no time for the first of them. */
  isPartial?: true;
}

/** Calendars that came to those that are read, or went. */
export interface CalendarListChange {
  added: string[];
  removed: string[];
}

/** The calendars to read, and how they changed. */
export interface FeedCalendars {
  ids: string[];
  list: string | undefined;
  change: CalendarListChange;
}

/**
 * The position as stored. Positions of before there was more than one feed have the primary calendar's cursor alone.
 */
export function readPosition(stored: object | undefined): CalendarPosition | undefined {
  if (stored === undefined) return undefined;
  const { list, cursors, cursor } = stored as Partial<CalendarPosition> & { cursor?: unknown };
  if (typeof cursors === 'object' && cursors !== null) {
    return { cursors, ...(typeof list === 'string' && { list }) };
  }
  return { cursors: { [PRIMARY]: typeof cursor === 'string' ? cursor : null } };
}

/**
 * Follows the list of calendars. Without the right to read it, the primary calendar is all there is. If it can't be read for
 * now, those that are known go on.
 */
export async function feedCalendars(
  { clients, signal, onPartFailed }: UserContext,
  position: CalendarPosition | undefined,
): Promise<FeedCalendars> {
  const { calendarList } = clients.calendar;
  const known = Object.keys(position?.cursors ?? {});
  try {
    const { calendars, removed, cursor, full } = await syncList(calendarList, position?.list, signal);
    const ids = new Set(full ? [] : known);
    for (const { id } of removed) ids.delete(id);
    for (const entry of calendars) {
      if (isOwnCalendar(entry)) ids.add(nameOf(entry));
      else ids.delete(nameOf(entry));
    }
    return {
      ids: [...ids],
      list: cursor,
      change: changeBetween(position && known, ids),
    };
  } catch (error) {
    if (position !== undefined && isOfOneCalendar(error, signal) && !isOutage(error)) {
      onPartFailed?.({ error });
      return { ids: known, list: position.list, change: { added: [], removed: [] } };
    }
    if (!(error instanceof MissingScopeError)) throw error;
    const ids = new Set([PRIMARY]);
    return { ids: [...ids], list: undefined, change: changeBetween(position && known, ids) };
  }
}

async function syncList(
  calendarList: GoogleCalendarClient['calendarList'],
  cursor: string | undefined,
  signal: AbortSignal,
) {
  try {
    return await calendarList.sync(cursor, { signal });
  } catch (error) {
    if (!(error instanceof InvalidRequestError) || error.field !== 'cursor') throw error;
    return await calendarList.sync(undefined, { signal });
  }
}

/** Whether the calendars would fail like their list. */
function isOutage(error: unknown): boolean {
  return error instanceof TimeoutError || error instanceof NetworkError || error instanceof RateLimitError;
}

function nameOf({ id, primary }: CalendarListEntry): string {
  return primary === true ? PRIMARY : id;
}

function changeBetween(known: readonly string[] | undefined, ids: ReadonlySet<string>): CalendarListChange {
  if (known === undefined) return { added: [], removed: [] };
  return {
    added: [...ids].filter((id) => !known.includes(id)),
    removed: known.filter((id) => !ids.has(id)),
  };
}

/** What a position follows: calendars, and `undefined` for their list. */
export function followedBy({ cursors, list }: CalendarPosition): (string | undefined)[] {
  return [...Object.keys(cursors), ...(list === undefined ? [] : [undefined])];
}
