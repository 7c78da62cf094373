import { itemsIn, type SkippedItem } from '../../list-items.ts';
import { pagesOf } from '../../wire.ts';
import type { CalendarListEntry } from '../calendars/calendars.ts';
import { invalid, SERVICE } from '../errors.ts';
import type { CalendarCall } from '../operations.ts';
import { cursorText, readCursor } from '../sync/cursor-text.ts';
import { isRefusedPosition } from '../sync/refused-position.ts';

/** What the list holds now, hidden calendars included, or what has changed on it. */
export interface ListChanges {
  /** New and changed calendars, or all of them if `full`. */
  calendars: CalendarListEntry[];
  /** Calendars that are no longer on the list. */
  removed: Pick<CalendarListEntry, 'id'>[];
  /** For the next sync. */
  cursor: string;
  /** Whether `calendars` is everything: drop what you held before. */
  full: boolean;
  /** What Google returned without an id. */
  skipped: SkippedItem[];
}

/** The sync token in a cursor. Throws {@link InvalidRequestError} for a text that is not one. */
export function readListPosition(cursor: string | undefined): string | undefined {
  if (cursor === undefined) return undefined;
  const token = readCursor(cursor)?.['listSyncToken'];
  if (typeof token !== 'string') throw invalid('cursor', 'is not a cursor of calendarList.sync');
  return token;
}

/** Starts over, once, if Google refuses the token. */
export async function syncList(call: CalendarCall, syncToken: string | undefined): Promise<ListChanges> {
  try {
    return await readList(call, syncToken);
  } catch (error) {
    if (!isRefusedPosition(error)) throw error;
    return await readList(call, undefined);
  }
}

async function readList(call: CalendarCall, syncToken: string | undefined): Promise<ListChanges> {
  const skipped: SkippedItem[] = [];
  const latest = new Map<string, CalendarListEntry>();
  let cursor = '';
  const params = { maxResults: 250, showHidden: true, syncToken };
  for await (const page of pagesOf(SERVICE, call, 'calendarList.sync', params)) {
    for (const entry of itemsIn<CalendarListEntry>(page, (one) => skipped.push(one))) {
      latest.set(entry.id, entry);
    }
    if (page.text('nextPageToken') !== undefined) continue;
    const { nextSyncToken } = page.object<{ nextSyncToken: string }>({ nextSyncToken: 'string' });
    cursor = cursorText({ listSyncToken: nextSyncToken });
  }
  const entries = [...latest.values()];
  return {
    calendars: entries.filter(({ deleted }) => deleted !== true),
    removed: entries.filter(({ deleted }) => deleted === true).map(({ id }) => ({ id })),
    cursor,
    full: syncToken === undefined,
    skipped,
  };
}
