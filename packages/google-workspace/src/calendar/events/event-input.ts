import type { EventFields } from './event.ts';
import type { EventTimeInput } from './event-time.ts';

/** An event to be. What is left out, or undefined, is not sent. */
export type EventInput = { [K in keyof EventFields]: EventFields[K] | undefined } & {
  start: EventTimeInput;
  end: EventTimeInput;
};

/** An event to be, perhaps with an id of the host's own: 5 to 1,024 of `a` to `v` and digits. */
export type NewEventInput = EventInput & { id?: string | undefined };

/** What of an event changes. What is left out, or undefined, stays; `null` clears; lists are replaced as a whole. */
export type EventChanges = { [K in keyof EventInput]?: EventInput[K] | null };

/** Which guests get a mail of what happens. `none` can leave calendars outside Google behind. */
export type SendUpdates = 'all' | 'externalOnly' | 'none';
