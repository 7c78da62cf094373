import { isJsonObject, type JsonObject } from '../../../json.ts';
import { DAY_MS } from '../../../time/clock.ts';
import { invalid, required } from '../../api/failures.ts';
import { instantOf, type Moment } from '../time/moment.ts';
import { eventTypeOf } from './event-fields.ts';

const TIMED_TYPES: ReadonlySet<string> = new Set(['focusTime', 'outOfOffice']);

/** What else is fixed for a type: its name, whether it blocks time, and who sees it. */
const FIXED: Readonly<Record<string, { name: string; transparency: string; visibility: string }>> = {
  birthday: { name: 'birthday', transparency: 'transparent', visibility: 'private' },
  workingLocation: { name: 'working location', transparency: 'transparent', visibility: 'public' },
};

/**
 * Out of office and focus time have times; a birthday, and a working location of days, have one day. A working location says that it
 * blocks no time, who sees it and what it is.
 * https://developers.google.com/workspace/calendar/api/guides/calendar-status
 */
export function checkType(fields: JsonObject, start: Moment, end: Moment): void {
  const type = eventTypeOf(fields);
  if ('date' in start && TIMED_TYPES.has(type)) throw invalid(`A ${type} event must be timed.`);
  const fixed = FIXED[type];
  if (fixed === undefined) return;
  const { name, ...settings } = fixed;
  if ('date' in start && instantOf(end, 'UTC') - instantOf(start, 'UTC') > DAY_MS)
    throw invalid(`A ${name} event must span exactly one day.`);
  for (const [field, value] of Object.entries(settings)) {
    const given = fields[field] ?? (type === 'birthday' ? value : undefined);
    if (given !== value) throw invalid(`A ${name} event must have a ${field} setting of ${value}.`);
  }
  const { workingLocationProperties: place } = fields;
  const isPlace = isJsonObject(place) && typeof place['type'] === 'string';
  if (type === 'workingLocation' && !isPlace) throw required('Missing working location properties.');
}
