import type { JsonObject } from '../../../json.ts';
import type { SyncRefusal } from './calendar-data.ts';

/** A calendar on one user's list, with what that user made of it. */
export interface ListEntry {
  readonly calendarId: string;
  /** What the user sets: colors, reminders, whether it is hidden or selected. */
  fields: JsonObject;
  isDeleted: boolean;
  /** Of the list, when the entry was last changed. */
  revision: number;
}

/** One user's list of calendars. */
export class CalendarList {
  readonly entries: Map<string, ListEntry> = new Map();
  revision = 0;
  /** Sync tokens of an older generation have expired. */
  syncGeneration = 0;
  syncRefusal: SyncRefusal = 'fullSyncRequired';
  /** Called after every change. */
  onChange: () => void = () => undefined;

  /** The entry, unless the calendar isn't on the list. */
  find(calendarId: string): ListEntry | undefined {
    const entry = this.entries.get(calendarId);
    return entry?.isDeleted ? undefined : entry;
  }

  /** Adds the calendar, or changes its entry. */
  put(calendarId: string, fields: JsonObject): ListEntry {
    return this.#save({ calendarId, fields, isDeleted: false, revision: 0 });
  }

  /** The calendar itself has changed. */
  touch(calendarId: string): void {
    const entry = this.find(calendarId);
    if (entry) this.#save(entry);
  }

  remove(calendarId: string): void {
    const entry = this.find(calendarId);
    if (entry) this.#save({ ...entry, isDeleted: true });
  }

  #save(entry: ListEntry): ListEntry {
    this.revision += 1;
    const saved = { ...entry, revision: this.revision };
    // A change moves it to the end, as Google orders what is new.
    this.entries.set(entry.calendarId, saved);
    this.onChange();
    return saved;
  }
}
