import type { JsonObject } from '../../../json.ts';
import { DAY_MS } from '../../../time/clock.ts';
import { toWallTime } from '../../../time/zoned-time.ts';
import { required } from '../../api/failures.ts';
import type { CalendarData } from '../store/calendar-data.ts';

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ');

const CLOCK = String.raw`(\d{1,2})(?::(\d\d))?\s*(am|pm)?`;
const TIMES = new RegExp(
  String.raw`\s+(?:at|from)?\s*\b${CLOCK}(?:\s*(?:-|to|until)\s*${CLOCK})?(?=\s|$)`,
  'i',
);
const DATE = new RegExp(
  String.raw`\s+(?:on\s+)?(today|tomorrow|${WEEKDAYS.join('|')}|(${MONTHS.join('|')})\s+(\d{1,2})(?:st|nd|rd|th)?|(\d{4}-\d\d-\d\d))(?=\s|$)`,
  'i',
);
const DEFAULT_MINUTES = 60;

/** Reads "Appointment at Somewhere on June 3rd 10am-10:25am". Without a time, it takes the whole day. */
export function readQuickText(text: string | undefined, calendar: CalendarData): JsonObject {
  if (text === undefined || text.trim() === '') throw required('Missing text.', 'text');
  const { timeZone } = calendar;
  const today = Math.floor(toWallTime(calendar.now(), timeZone) / DAY_MS);
  const date = DATE.exec(text);
  const withoutDate = date ? text.replace(date[0], '') : text;
  const day = date ? dayIn(date, today) : today;
  const times = clockTimes(withoutDate);
  const summary = (times ? withoutDate.replace(times.text, '') : withoutDate).trim();
  if (!times) return { summary, start: { date: dateText(day) }, end: { date: dateText(day + 1) } };
  const at = (minutes: number): JsonObject => ({
    dateTime: new Date(day * DAY_MS + minutes * 60_000).toISOString().slice(0, 19),
    timeZone,
  });
  return { summary, start: at(times.start), end: at(times.end) };
}

function dayIn([, word = '', month, date, written]: RegExpExecArray, today: number): number {
  if (written !== undefined) return Date.parse(written) / DAY_MS;
  const name = word.toLowerCase();
  if (name === 'today') return today;
  if (name === 'tomorrow') return today + 1;
  const weekday = WEEKDAYS.indexOf(name);
  // 1970-01-01 was a Thursday. A weekday is the next one, never today.
  if (weekday >= 0) return today + ((((weekday - today - 3 - 1) % 7) + 7) % 7) + 1;
  const year = new Date(today * DAY_MS).getUTCFullYear();
  const index = MONTHS.indexOf(String(month).toLowerCase());
  const day = Date.UTC(year, index, Number(date)) / DAY_MS;
  return day < today ? Date.UTC(year + 1, index, Number(date)) / DAY_MS : day;
}

/** Minutes after midnight. A bare number is no time: "Room 12". */
function clockTimes(text: string): { text: string; start: number; end: number } | undefined {
  const [match, hour, minute, half, endHour, endMinute, endHalf] = TIMES.exec(text) ?? [];
  if (match === undefined || (minute === undefined && half === undefined && endHalf === undefined))
    return undefined;
  const start = minutesOf(hour, minute, half ?? endHalf);
  const end =
    endHour === undefined ? start + DEFAULT_MINUTES : minutesOf(endHour, endMinute, endHalf ?? half);
  return { text: match, start, end: end > start ? end : end + 1440 };
}

function minutesOf(hour: string | undefined, minute = '0', half?: string): number {
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return hours * 60 + Number(minute);
}

function dateText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
