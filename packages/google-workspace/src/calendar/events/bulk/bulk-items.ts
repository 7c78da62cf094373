import type { BulkOutcome } from '@context-sdk/oauth-core/client-kit';
import type { EventChanges, NewEventInput } from '../event-input.ts';
import type { CalendarEvent } from '../event.ts';

/** One of many new events. */
export type NewEventItem = NewEventInput & {
  /** What the event is for: as in {@link CreateEventOptions}. */
  key?: string | undefined;
};

/** A change of one of many events. */
export interface EventChange {
  id: string;
  changes: EventChanges;
  /**
   * The event's `etag`, quotes included. The item fails with {@link ConflictError} if the event has changed since; after a lost
   * response it is `unknown`, unless the event has the change.
   */
  ifMatch?: string | undefined;
}

/** What became of one of many events. */
export type EventOutcome = BulkOutcome<{ event: CalendarEvent }>;
