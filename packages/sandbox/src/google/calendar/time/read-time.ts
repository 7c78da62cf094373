import { isJsonObject, type JsonValue } from '../../../json.ts';
import { fromWallTime } from '../../../time/zoned-time.ts';
import { invalid, required } from '../../api/failures.ts';
import { isTimeZone, type Moment } from './moment.ts';

const LOCAL_TIME = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?`;
const WITH_OFFSET = new RegExp(`^${LOCAL_TIME}(?:Z|[+-]\\d\\d:\\d\\d)$`);
const WITHOUT_OFFSET = new RegExp(`^${LOCAL_TIME}$`);

/** RFC 3339 with an offset, as query parameters must have it; milliseconds are ignored. */
export function readInstant(text: string, parameter: string): number {
  const instant = WITH_OFFSET.test(text) && isRealDate(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) throw invalid(`Bad Request: invalid RFC 3339 time '${text}'.`, parameter);
  return Math.floor(instant / 1000) * 1000;
}

/** An event's `start` or `end`. Without an offset it needs a zone. Default zone: the calendar's. */
export function readMoment(
  value: JsonValue | undefined,
  name: 'start' | 'end',
  calendarZone: string,
): Moment {
  if (!isJsonObject(value)) throw required(`Missing ${name} time.`);
  const { date, dateTime } = value;
  if ((date === undefined) === (dateTime === undefined)) {
    throw date === undefined ? required(`Missing ${name} time.`) : invalid(`Invalid ${name} time.`);
  }
  if (date !== undefined) return readDay(date, name);
  const timeZone = readZone(value['timeZone'], name);
  if (typeof dateTime !== 'string') throw invalid(`Invalid ${name} time.`);
  return { instant: readDateTime(dateTime, timeZone, name), timeZone: timeZone ?? calendarZone };
}

/** Whether a timed `start` or `end` names its zone. */
export function namesZone(value: JsonValue | undefined): boolean {
  return isJsonObject(value) && typeof value['timeZone'] === 'string';
}

function readDay(date: JsonValue, name: string): Moment {
  if (typeof date !== 'string' || !isRealDate(date)) throw invalid(`Invalid ${name} time.`);
  return { date };
}

function readZone(value: JsonValue | undefined, name: string): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !isTimeZone(value)) {
    throw invalid(`Invalid time zone definition for ${name} time.`);
  }
  return value;
}

function readDateTime(text: string, timeZone: string | undefined, name: string): number {
  if (!isRealDate(text.slice(0, 10))) throw invalid(`Invalid ${name} time.`);
  if (WITH_OFFSET.test(text)) return checked(Date.parse(text), name);
  if (!WITHOUT_OFFSET.test(text)) throw invalid(`Invalid ${name} time.`);
  if (timeZone === undefined) throw required(`Missing time zone definition for ${name} time.`);
  return fromWallTime(checked(Date.parse(`${text}Z`), name), timeZone);
}

function checked(instant: number, name: string): number {
  if (Number.isNaN(instant)) throw invalid(`Invalid ${name} time.`);
  return instant;
}

/** `yyyy-mm-dd` of a day that exists. */
function isRealDate(date: string): boolean {
  const instant = Date.parse(date);
  return (
    /^\d{4}-\d\d-\d\d$/.test(date) &&
    !Number.isNaN(instant) &&
    new Date(instant).toISOString().startsWith(date)
  );
}
