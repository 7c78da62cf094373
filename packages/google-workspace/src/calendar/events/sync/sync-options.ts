import type { CalendarEvent } from '../event.ts';
import type { ReadOptions } from '../event-options.ts';
import type { EventType } from '../event-query.ts';

/** What of a calendar is kept in step. Later syncs go by what the cursor remembers; saying otherwise is refused. */
export interface SyncOptions extends ReadOptions {
  /** Recurring events as their instances. */
  singleEvents?: boolean | undefined;
  eventTypes?: readonly EventType[] | undefined;
  showHiddenInvitations?: boolean | undefined;
  /** Events per request, from 1 to 2,500; Google's own choice is 250. */
  maxResults?: number | undefined;
}

/** An event that is gone. Google may tell no more of it than these. */
export type DeletedEvent = Pick<CalendarEvent, 'id' | 'status' | 'recurringEventId' | 'originalStartTime'>;

/** What a calendar holds now, or what has changed in it. */
export interface CalendarChanges {
  /** New and changed ones, or all of them if `full`. Each once. */
  events: CalendarEvent[];
  /** Gone since the last sync; also single instances that were taken out of a recurring event. */
  deleted: DeletedEvent[];
  /** For the next sync. Store it together with what was made of the events. */
  cursor: string;
  /** Whether `events` is all there is: drop what was held before. So it is at first, and when Google asks for it. */
  full: boolean;
}
