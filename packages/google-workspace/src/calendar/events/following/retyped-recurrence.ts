import { dayOf } from '@context-sdk/oauth-core/client-kit';
import { withDayUntil, withTimeUntil } from '@context-sdk/oauth-core/recurrence';
import type { EventTimeInput } from '../event-input.ts';
import { startClock, startZone } from './given-start.ts';
import { datesIn, type RecurrenceDate } from './recurrence-dates.ts';

/**
 * The lines of a series that changes from times to days, or from days to times that begin like `start`. `UNTIL` and dates have the type of
 * the start (RFC 5545 §3.3.10, §3.8.5): Google refuses the first and passes over the others.
 */
export function retypedRecurrence(
  lines: readonly string[],
  timeZone: string,
  start: EventTimeInput,
): string[] {
  const isAllDay = start.date !== undefined;
  const zone = startZone(start, timeZone);
  return lines.map((line) => {
    if (/^(?:RRULE|EXRULE):/i.test(line)) {
      return isAllDay ? withDayUntil(line, timeZone) : withTimeUntil(line, zone);
    }
    const { head, dates } = datesIn(line, timeZone);
    const [name = ''] = head.split(';');
    const days = dates.map((date) => dayIn(date, timeZone).replaceAll('-', ''));
    return isAllDay
      ? `${name};VALUE=DATE:${days.join(',')}`
      : `${name};TZID=${zone}:${days.map((day) => `${day}T${startClock(start, timeZone)}`).join(',')}`;
  });
}

function dayIn({ day, instant }: RecurrenceDate, timeZone: string): string {
  return instant === undefined ? day : dayOf(instant, timeZone);
}
