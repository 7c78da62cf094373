import type { JsonObject, JsonValue } from '../../../json.ts';
import { duplicate, invalid, required, timeRangeEmpty } from '../../api/failures.ts';
import { parseRecurrence } from '../recurrence/recurrence.ts';
import type { CalendarData } from '../store/calendar-data.ts';
import type { EventContent, EventStatus } from '../store/stored-event.ts';
import { instantOf, type Moment } from '../time/moment.ts';
import { namesZone, readMoment } from '../time/read-time.ts';
import { readFields } from './event-fields.ts';
import { checkType } from './event-types.ts';

/** Checks a whole event as a client describes it, without nulls. Throws a 400 for what Google would refuse. */
export function readEventContent(body: JsonObject, calendar: CalendarData): EventContent {
  const start = readMoment(body['start'], 'start', calendar.timeZone);
  const end = readMoment(body['end'], 'end', calendar.timeZone);
  checkRange(start, end, calendar.timeZone);
  const recurrence = readRecurrence(body['recurrence'], start);
  if (recurrence.length > 0 && 'instant' in start) {
    if (!namesZone(body['start'])) throw required('Missing time zone definition for start time.');
    if (!namesZone(body['end'])) throw required('Missing time zone definition for end time.');
  }
  const fields = readFields(body);
  checkType(fields, start, end);
  return { status: readStatus(body['status']), start, end, recurrence, fields };
}

/** The end is exclusive: an all-day event of one day ends on the next. An event with times may have no length. */
function checkRange(start: Moment, end: Moment, zone: string): void {
  if ('date' in start !== 'date' in end) {
    throw invalid('Start and end times must either both be date or both be dateTime.');
  }
  const length = instantOf(end, zone) - instantOf(start, zone);
  if (length < 0 || ('date' in start && length === 0)) throw timeRangeEmpty();
}

function readRecurrence(value: JsonValue | undefined, start: Moment): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw invalid('Invalid value for: recurrence');
  const lines = value.map((line) => {
    if (typeof line !== 'string') throw invalid('Invalid value for: recurrence');
    return line;
  });
  if (lines.length > 0) parseRecurrence(lines, start);
  return lines;
}

function readStatus(value: JsonValue | undefined): EventStatus {
  if (value === undefined) return 'confirmed';
  if (value === 'confirmed' || value === 'tentative' || value === 'cancelled') return value;
  throw invalid('Invalid value for: status');
}

/** The ids of a new event: the client's own or new ones. The id of a deleted event stays taken. */
export function readEventIds(body: JsonObject, calendar: CalendarData): { id: string; iCalUID: string } {
  const { id = calendar.newId(), iCalUID } = body;
  if (body['id'] !== undefined && iCalUID !== undefined)
    throw invalid('Only one of id and iCalUID is allowed.');
  if (typeof id !== 'string' || !/^[a-v0-9]{5,1024}$/.test(id)) throw invalid('Invalid resource id value.');
  if (iCalUID !== undefined && (typeof iCalUID !== 'string' || iCalUID === '')) {
    throw invalid('Invalid iCalUID value.');
  }
  const uid = iCalUID ?? `${id}@google.com`;
  const taken = [...calendar.events.values()].some((event) => event.id === id || event.iCalUID === uid);
  if (taken) throw duplicate();
  return { id, iCalUID: uid };
}
