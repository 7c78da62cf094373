import { attendeesOf } from '../input/attendees.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import { instancesOf } from '../store/instances.ts';
import { isRecurring, type StoredEvent } from '../store/stored-event.ts';
import { instantOf } from '../time/moment.ts';

/** From, inclusive, to, exclusive: milliseconds since the epoch. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** When a calendar is busy inside `range`. Days are the calendar's; what overlaps or touches is merged into one. */
export function busyTimes(calendar: CalendarData, range: Span): Span[] {
  const spans = [...calendar.events.values()]
    .filter(({ series }) => !series)
    .flatMap((event) => (isRecurring(event) ? instancesOf(calendar, event, range.end) : [event]))
    .filter((event) => blocksTime(event, calendar))
    .map(({ start, end }) => ({
      start: Math.max(instantOf(start, calendar.timeZone), range.start),
      end: Math.min(instantOf(end, calendar.timeZone), range.end),
    }))
    .filter(({ start, end }) => start < end);
  return merged(spans.toSorted((a, b) => a.start - b.start));
}

function blocksTime({ status, fields }: StoredEvent, calendar: CalendarData): boolean {
  const declined = attendeesOf(fields).some(
    ({ email, responseStatus }) => email === calendar.id && responseStatus === 'declined',
  );
  return status !== 'cancelled' && fields['transparency'] !== 'transparent' && !declined;
}

function merged(sorted: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of sorted) {
    const last = result.at(-1);
    if (last && span.start <= last.end) {
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    } else {
      result.push(span);
    }
  }
  return result;
}
