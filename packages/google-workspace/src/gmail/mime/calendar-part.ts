import { invalid } from '../errors.ts';
import type { CalendarPart } from './mail.ts';

/** Methods of RFC 5546. */
const METHODS = ['PUBLISH', 'REQUEST', 'REPLY', 'ADD', 'CANCEL', 'REFRESH', 'COUNTER', 'DECLINECOUNTER'];

/** Throws {@link InvalidRequestError} for what no mail program would take for an invitation. */
export function checkedCalendar(calendar: CalendarPart | undefined): CalendarPart | undefined {
  if (calendar === undefined) return undefined;
  if (typeof calendar !== 'object' || calendar === null) throw invalid('calendar', 'is not an object');
  const { method, ics } = calendar;
  if (typeof method !== 'string' || !METHODS.includes(method.toUpperCase())) {
    throw invalid('calendar.method', `must be one of ${METHODS.join(', ')}`);
  }
  if (typeof ics !== 'string' || !/^\s*BEGIN:VCALENDAR\s/i.test(ics)) {
    throw invalid('calendar.ics', 'is not a calendar text: it begins with BEGIN:VCALENDAR');
  }
  if (!ics.isWellFormed() || ics.includes('\0'))
    throw invalid('calendar.ics', 'has characters that no text has');
  const [, said] = /^METHOD:([\w-]+)\s*$/im.exec(ics) ?? [];
  if (said?.toUpperCase() !== method.toUpperCase()) {
    throw invalid(
      'calendar.method',
      `differs from METHOD in the calendar text, which is ${said ?? 'missing'}`,
    );
  }
  return { method: method.toUpperCase(), ics: ics.trim().replaceAll(/\r\n|\r|\n/g, '\r\n') + '\r\n' };
}
