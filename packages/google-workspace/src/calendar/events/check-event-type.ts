import { addDays, isDay } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import type { EventChanges } from './event-input.ts';

/** Types that have times, never days. */
const TIMED_TYPES: ReadonlySet<unknown> = new Set(['focusTime', 'outOfOffice']);

/** Types that live on the primary calendar. */
const PRIMARY_TYPES: ReadonlySet<unknown> = new Set(['focusTime', 'outOfOffice', 'workingLocation']);

/** Types whose days are single ones. */
const DAY_TYPES: ReadonlySet<unknown> = new Set(['birthday', 'workingLocation']);

/**
 * Whether an event of a type blocks time, and who sees it.
 * https://developers.google.com/workspace/calendar/api/guides/calendar-status,
 * https://developers.google.com/workspace/calendar/api/guides/event-types#birthday
 */
const FIXED: Readonly<Record<string, Pick<EventChanges, 'transparency' | 'visibility'>>> = {
  birthday: { transparency: 'transparent', visibility: 'private' },
  workingLocation: { transparency: 'transparent', visibility: 'public' },
};

/** What is written: some types only Google creates. */
export interface EventTypeOptions {
  isNew: boolean;
  /** Whether what is left out gets its default. */
  isWhole: boolean;
  /** Where it is. */
  calendarId?: string | undefined;
}

/** Calendars beside the primary one, whose id is the user's address. */
const SECONDARY = /calendar\.google\.com$/;

/**
 * Throws {@link InvalidRequestError} for what Google refuses because of an event's type or the end of its recurrence
 * (RFC 5545 §3.3.10: `UNTIL` has the type of the start). See `docs/facts/google.md`.
 */
export function checkEventType(event: EventChanges, options: EventTypeOptions): void {
  const { eventType, start, end, recurrence } = event;
  const { isNew, isWhole, calendarId = '' } = options;
  if (isNew && eventType === 'fromGmail') {
    throw invalid('eventType', "can't be fromGmail: only Gmail creates those events");
  }
  if (isNew && eventType === 'birthday') checkBirthday(event);
  const isAllDay = start?.date !== undefined;
  if (isAllDay && TIMED_TYPES.has(eventType)) {
    throw invalid('start', `must be a dateTime: ${eventType} events are never all day`);
  }
  if (isDay(start?.date) && isDay(end?.date) && DAY_TYPES.has(eventType)) {
    if (end.date > addDays(start.date, 1)) throw invalid('end', `must be the next day for a ${eventType}`);
  }
  if (isNew && PRIMARY_TYPES.has(eventType) && SECONDARY.test(calendarId)) {
    throw invalid('calendarId', `must be the primary calendar: ${eventType} events live there`);
  }
  if (eventType !== undefined) checkFixed(event);
  if (isWhole && eventType === 'workingLocation') checkWorkingLocation(event);
  if (start && recurrence?.length) checkUntil(recurrence, isAllDay);
}

function checkBirthday({ start, recurrence }: EventChanges): void {
  if (!recurrence?.length) throw invalid('recurrence', 'is missing: a birthday recurs every year');
  if (start?.date === undefined) throw invalid('start', 'must be a date: birthdays are all day');
  if (!recurrence.some((line) => /^RRULE:(?:.*;)?FREQ=YEARLY/i.test(line))) {
    throw invalid('recurrence', 'must be yearly: a birthday recurs every year');
  }
}

/** Other values than those of the type. */
function checkFixed(event: EventChanges): void {
  const { eventType } = event;
  const fixed =
    typeof eventType === 'string' && Object.hasOwn(FIXED, eventType) ? FIXED[eventType] : undefined;
  for (const field of ['transparency', 'visibility'] as const) {
    const [given, needed] = [event[field] ?? undefined, fixed?.[field] ?? undefined];
    if (given !== undefined && needed !== undefined && given !== needed)
      throw invalid(field, `must be ${needed} for ${eventType}`);
  }
}

/** What Google wants said of a working location: it takes no default. */
function checkWorkingLocation({ workingLocationProperties, ...event }: EventChanges): void {
  if (!workingLocationProperties?.type) throw invalid('workingLocationProperties.type', 'is missing');
  for (const field of ['transparency', 'visibility'] as const)
    if (event[field] !== FIXED['workingLocation']?.[field])
      throw invalid(field, `is missing: a workingLocation is ${FIXED['workingLocation']?.[field]}`);
}

function checkUntil(recurrence: readonly string[], isAllDay: boolean): void {
  for (const [index, line] of recurrence.entries()) {
    const [, until] = /^(?:RRULE|EXRULE):(?:.*;)?UNTIL=([^;]*)/i.exec(line) ?? [];
    if (until === undefined || (isAllDay ? /^\d{8}$/ : /^\d{8}T\d{6}Z$/i).test(until)) continue;
    const wanted = isAllDay ? 'a date like 20261231' : 'a time in UTC like 20261231T235959Z';
    throw invalid(`recurrence[${index}]`, `must have UNTIL as ${wanted}, as start is`);
  }
}
