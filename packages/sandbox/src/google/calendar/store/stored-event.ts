import type { JsonObject } from '../../../json.ts';
import type { Moment } from '../time/moment.ts';

export type EventStatus = 'confirmed' | 'tentative' | 'cancelled';

/** What is left of an event that was deleted for good: an update is refused with 403, or nothing is found but its id is taken. */
export type PurgeAnswer = 403 | 404;

/** Who made an event, or whose it is. */
export interface Person {
  readonly email: string;
  readonly displayName: string;
}

/** An event as a calendar keeps it: a single one, a recurring one, or an instance that differs from its series. */
export interface StoredEvent {
  readonly id: string;
  readonly iCalUID: string;
  /** Milliseconds since the epoch. */
  readonly created: number;
  readonly creator: Person;
  readonly organizer: Person;
  /** For an instance: whose, and where the series has it. */
  readonly series: { readonly id: string; readonly originalStart: Moment } | undefined;
  status: EventStatus;
  /** Deleted for good, and what reads or updates of it are answered with. */
  purged?: PurgeAnswer;
  start: Moment;
  end: Moment;
  /** Empty for what does not recur. */
  recurrence: readonly string[];
  /** Everything else that clients write, as they wrote it. */
  fields: JsonObject;
  sequence: number;
  /** Milliseconds since the epoch. */
  updated: number;
  /** Grows with every change in the calendar; the etag and sync tokens come of it. */
  revision: number;
  /** Instances that a change of the series did away with, for those who sync. */
  readonly retired: Map<string, RetiredInstance>;
}

export interface RetiredInstance {
  readonly originalStart: Moment;
  readonly revision: number;
}

/** What clients may change. */
export type EventContent = Pick<StoredEvent, 'status' | 'start' | 'end' | 'recurrence' | 'fields'>;

export function isRecurring({ recurrence }: StoredEvent): boolean {
  return recurrence.length > 0;
}

export function etagOf({ revision }: Pick<StoredEvent, 'revision'>): string {
  return `"${3_500_000_000_000_000 + revision * 2}"`;
}
