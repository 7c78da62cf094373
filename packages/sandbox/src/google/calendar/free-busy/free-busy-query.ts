import { isJsonObject, type JsonObject, type JsonValue } from '../../../json.ts';
import { DAY_MS } from '../../../time/clock.ts';
import { GoogleFailure, invalid, required, timeRangeEmpty } from '../../api/failures.ts';
import { isTimeZone } from '../time/moment.ts';
import { readInstant } from '../time/read-time.ts';

/** From, inclusive, to, exclusive: milliseconds since the epoch. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What `freebusy.query` is asked for. */
export interface FreeBusyQuery {
  readonly range: Span;
  /** The zone of the answer's times. Default: UTC. */
  readonly timeZone: string;
  /** Calendars and groups. */
  readonly ids: readonly string[];
  readonly mostCalendars: number;
  readonly mostMembers: number;
}

/** Undocumented; users saw it past about three months. */
const MAX_RANGE_MS = 92 * DAY_MS;
const MAX_CALENDARS = 50;
const MAX_MEMBERS = 100;

export function readFreeBusyQuery(body: JsonObject): FreeBusyQuery {
  const timeZone = body['timeZone'] ?? 'UTC';
  if (typeof timeZone !== 'string' || !isTimeZone(timeZone)) throw invalid('Invalid time zone.', 'timeZone');
  return {
    range: readRange(body),
    timeZone,
    ids: readIds(body['items']),
    mostCalendars: readMost(body, 'calendarExpansionMax', MAX_CALENDARS),
    mostMembers: readMost(body, 'groupExpansionMax', MAX_MEMBERS),
  };
}

function readRange(body: JsonObject): Span {
  const [start, end] = [readTime(body, 'timeMin'), readTime(body, 'timeMax')];
  if (end <= start) throw timeRangeEmpty();
  if (end - start > MAX_RANGE_MS) {
    const message = 'The requested time range is too long.';
    throw new GoogleFailure(400, 'timeRangeTooLong', message, { domain: 'calendar' });
  }
  return { start, end };
}

function readTime(body: JsonObject, name: string): number {
  const value = body[name];
  if (typeof value !== 'string') throw required(`Missing required parameter: ${name}`, name);
  return readInstant(value, name);
}

function readIds(items: JsonValue | undefined): string[] {
  if (items === undefined || items === null) return [];
  if (!Array.isArray(items)) throw invalid('Invalid value for: items');
  return items.map((item) => {
    const id = isJsonObject(item) ? item['id'] : undefined;
    if (typeof id !== 'string') throw invalid('Invalid value for: items.id');
    return id;
  });
}

function readMost(body: JsonObject, name: string, most: number): number {
  const value = body[name] ?? most;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > most) {
    throw invalid(`Invalid value for: ${name}. Values must be within the range: [1, ${most}]`, name);
  }
  return value;
}
