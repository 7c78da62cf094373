import type { JsonObject } from '../../../json.ts';
import { invalid } from '../../api/failures.ts';
import type { CalendarData, ListSnapshot } from '../store/calendar-data.ts';

/** One page, and how it goes on: with the next page, or with a sync token after the last. */
export interface Page {
  readonly items: readonly JsonObject[];
  readonly nextPageToken?: string;
  readonly nextSyncToken?: string;
}

/** The first page of a list. It can be empty and still have a next one, as Google allows itself. */
export function firstPage(calendar: CalendarData, list: ListSnapshot, size: number): Page {
  if (calendar.emptyFirstPages === 0) return cut(calendar, list, size);
  calendar.emptyFirstPages -= 1;
  return { items: [], nextPageToken: keep(calendar, list) };
}

/** A later page: of the list as it was when its first page was asked for. */
export function laterPage(calendar: CalendarData, token: string, parameters: string, size: number): Page {
  const list = calendar.pages.get(token);
  if (list?.parameters !== parameters) throw invalid('Invalid page token value.', 'pageToken');
  return cut(calendar, list, size);
}

function cut(calendar: CalendarData, list: ListSnapshot, size: number): Page {
  const items = list.items.slice(0, size);
  if (list.items.length > size) {
    return { items, nextPageToken: keep(calendar, { ...list, items: list.items.slice(size) }) };
  }
  return list.nextSyncToken === undefined ? { items } : { items, nextSyncToken: list.nextSyncToken };
}

function keep(calendar: CalendarData, list: ListSnapshot): string {
  const token = btoa(`page ${calendar.pages.size + 1} of ${calendar.id.length}`).replaceAll('=', '');
  calendar.pages.set(token, list);
  return token;
}
