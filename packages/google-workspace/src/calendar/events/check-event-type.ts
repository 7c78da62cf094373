import { invalid } from '../errors.ts';
import type { EventChanges } from './event-input.ts';

/** Types that have times, never days, and live on the primary calendar. */
const TIMED_TYPES: ReadonlySet<unknown> = new Set(['focusTime', 'outOfOffice']);

/** Whether the event is yet to be created: some types only Google creates. */
export interface EventTypeOptions {
  isNew: boolean;
  /** Where it is. */
  calendarId?: string | undefined;
}

/** Calendars beside the primary one, whose id is the user's address. */
const SECONDARY = /calendar\.google\.com$/;

/**
 * Throws {@link InvalidRequestError} for what Google refuses because of an event's type or the end of its recurrence
 * (RFC 5545 §3.3.10: `UNTIL` has the type of the start). See `docs/facts/google.md`.
 */
export function checkEventType(
  { eventType, start, recurrence }: EventChanges,
  { isNew, calendarId = '' }: EventTypeOptions,
): void {
  if (isNew && eventType === 'fromGmail') {
    throw invalid('eventType', "can't be fromGmail: only Gmail creates those events");
  }
  const isAllDay = start?.date !== undefined;
  if (isNew && eventType === 'birthday') {
    if (!recurrence?.length) throw invalid('recurrence', 'is missing: a birthday recurs every year');
    if (!isAllDay) throw invalid('start', 'must be a date: birthdays are all day');
    if (!recurrence.some((line) => /^RRULE:(?:.*;)?FREQ=YEARLY/i.test(line))) {
      throw invalid('recurrence', 'must be yearly: a birthday recurs every year');
    }
  }
  if (isAllDay && TIMED_TYPES.has(eventType)) {
    throw invalid('start', `must be a dateTime: ${eventType} events are never all day`);
  }
  if (isNew && TIMED_TYPES.has(eventType) && SECONDARY.test(calendarId)) {
    throw invalid('calendarId', `must be the primary calendar: ${eventType} events live there`);
  }
  if (!start) return;
  for (const [index, line] of (recurrence ?? []).entries()) {
    const [, until] = /^(?:RRULE|EXRULE):(?:.*;)?UNTIL=([^;]*)/i.exec(line) ?? [];
    if (until === undefined || (isAllDay ? /^\d{8}$/ : /^\d{8}T\d{6}Z$/i).test(until)) continue;
    const wanted = isAllDay ? 'a date like 20261231' : 'a time in UTC like 20261231T235959Z';
    throw invalid(`recurrence[${index}]`, `must have UNTIL as ${wanted}, as start is`);
  }
}
