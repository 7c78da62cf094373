import { dayOf, isTimeZone, zonedText } from '@context-sdk/oauth-core/client-kit';
import { readInstant } from '../../times/read-instant.ts';
import type { EventTimeInput } from '../event-input.ts';

/** The zone whose clocks a new start follows: its own, or that of the series. */
export function startZone({ timeZone }: EventTimeInput, ofSeries: string): string {
  return isTimeZone(timeZone) ? timeZone : ofSeries;
}

/** The day of a new start by those clocks. */
export function startDay(start: EventTimeInput, ofSeries: string): string {
  return start.date ?? dayOf(instantOf(start, ofSeries), startZone(start, ofSeries));
}

/** What they show then: `090000`. */
export function startClock(start: EventTimeInput, ofSeries: string): string {
  const text = zonedText(instantOf(start, ofSeries), startZone(start, ofSeries));
  return text.slice('2026-12-24T'.length, '2026-12-24T09:00:00'.length).replaceAll(':', '');
}

function instantOf(start: EventTimeInput, ofSeries: string): number {
  const { dateTime } = start;
  if (dateTime instanceof Date) return dateTime.getTime();
  return readInstant(dateTime, startZone(start, ofSeries)) ?? 0;
}
