import type { SkippedItem } from '../../list-items.ts';
import type { CalendarService } from '../operations.ts';
import type { CalendarEvent } from './event.ts';
import type { SyncOptions } from './sync-cursor.ts';
import { type DeletedEvent, syncPages } from './sync-pages.ts';

/** What a calendar holds now, or what has changed in it. */
export interface CalendarChanges {
  /** New and changed events, or all of them if `full`. Each once. */
  events: CalendarEvent[];
  /** Deleted since the last sync. Includes single instances that were removed from a recurring event. */
  deleted: DeletedEvent[];
  /** For the next sync. Store it together with what you made of the events. */
  cursor: string;
  /** Whether `events` is everything: drop what you held before. True for the first sync, and if Google asks for it. */
  full: boolean;
  /** What Google returned without an id. */
  skipped: SkippedItem[];
}

/** What has changed since the cursor. Reads everything if there is none, or, once, if Google refuses it. */
export async function syncEvents(
  service: CalendarService,
  cursor?: string,
  options?: SyncOptions,
): Promise<CalendarChanges> {
  // An event that changes while the pages are read is on a later page again, in its newer state.
  const events = new Map<string, CalendarEvent>();
  const deleted = new Map<string, DeletedEvent>();
  const result: CalendarChanges = { events: [], deleted: [], cursor: '', full: false, skipped: [] };
  for await (const page of syncPages(service, cursor, options)) {
    if (page.reset) {
      events.clear();
      deleted.clear();
      Object.assign(result, { full: true, skipped: [] });
    }
    for (const event of page.events) {
      events.set(event.id, event);
      deleted.delete(event.id);
    }
    for (const event of page.deleted) {
      deleted.set(event.id, event);
      events.delete(event.id);
    }
    result.skipped.push(...page.skipped);
    result.cursor = page.cursor;
  }
  return { ...result, events: [...events.values()], deleted: [...deleted.values()] };
}
