import { invalid } from '../../invalid.ts';
import type { EventTime } from '../event-time.ts';
import type { EventChanges, EventInput } from '../event-input.ts';
import { type CheckedTime, checkedTime } from './checked-time.ts';

type Times = Pick<EventChanges, 'start' | 'end' | 'recurrence'>;

/** `start` and `end` as Google takes them. Throws {@link InvalidRequestError} where they don't go together. */
export function checkedTimes(event: EventInput): { start: EventTime; end: EventTime } {
  const start = checkedTime(event.start, 'start');
  const end = checkedTime(event.end, 'end');
  checkTogether(start, end);
  checkRecurring(event, start, end);
  return { start: start.wire, end: end.wire };
}

/** The same for changes, which may hold one of the two. A patch merges, so the kind of time that goes is cleared. */
export function checkedTimeChanges(changes: Times): { start?: object; end?: object } {
  const start = checkedChange(changes.start, 'start');
  const end = checkedChange(changes.end, 'end');
  if (start && end) checkTogether(start, end);
  checkRecurring(changes, start, end);
  return { ...(start && { start: replacing(start) }), ...(end && { end: replacing(end) }) };
}

function checkedChange(time: Times['start'], field: 'start' | 'end'): CheckedTime | undefined {
  if (time === null) throw invalid(field, 'can not be cleared: every event has one');
  return time && checkedTime(time, field);
}

function replacing({ wire, isAllDay }: CheckedTime): object {
  return isAllDay ? { dateTime: null, ...wire } : { date: null, ...wire };
}

function checkTogether(start: CheckedTime, end: CheckedTime): void {
  if (start.isAllDay !== end.isAllDay) {
    throw invalid('end', `has to be ${start.isAllDay ? 'a date' : 'a dateTime'}, as start is`);
  }
  if (end.at > start.at) return;
  const hint = start.isAllDay ? ': the date of an end is the first day after the event' : '';
  throw invalid('end', `is not after start${hint}`);
}

/** Without a zone Google could not know what becomes of nine o'clock when the clocks change. */
function checkRecurring(
  { recurrence }: Times,
  start: CheckedTime | undefined,
  end: CheckedTime | undefined,
): void {
  if (recurrence === undefined || recurrence === null || recurrence.length === 0) return;
  for (const [field, time] of Object.entries({ start, end })) {
    if (time && !time.isAllDay && time.wire.timeZone === undefined) {
      throw invalid(`${field}.timeZone`, 'is needed, since the event recurs');
    }
  }
}
