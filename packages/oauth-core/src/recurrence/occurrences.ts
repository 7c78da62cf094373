import type { Invalid } from '../kit/service-errors.ts';
import { checkedDay, dayOf } from '../kit/time/day.ts';
import { checkedTimeZone, instantOfClock, zonedText } from '../kit/time/zone.ts';
import { createRule, type RuleInput } from './create-rule.ts';
import { weekdayLimit } from './weekday-limit.ts';

interface SeriesOptions {
  /**
   * Lines of RFC 5545: one `RRULE:…`, and any `EXDATE…` and `RDATE…`. The start is the first occurrence, also if the rule
   * doesn't name it, as in Google Calendar.
   */
  lines: readonly string[];
  /** The most occurrences to return. Default: 100. */
  limit?: number | undefined;
}

/** A series of days. `after` and `before` are days, neither included. */
export interface DaySeries extends SeriesOptions {
  /** The first day: `2026-11-23`. */
  start: string;
  /** IANA. The zone in which an `UNTIL` with a time is read. Default: UTC. */
  timeZone?: string | undefined;
  after?: string | undefined;
  before?: string | undefined;
}

/** A series of moments, in epoch milliseconds. `after` and `before` are not included. */
export interface TimeSeries extends SeriesOptions {
  start: number;
  /** IANA. The series keeps the time of this zone's clocks when they change. */
  timeZone: string;
  after?: number | undefined;
  before?: number | undefined;
}

/** No service takes later years. */
const END = Date.UTC(10_000, 0, 1);

/** The library's word for a rule that it can't find another occurrence of, such as 31 February. */
const ENDLESS_SEARCH = /^Maximum (iterations|candidate)/;

const UNTIL = /UNTIL=(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?(?=;|$)/i;

/** `UNTIL` has to be of the start's type (RFC 5545 §3.3.10); services' and other programs' rules mix them. This makes it a day. */
export function withDayUntil(line: string, timeZone: string): string {
  return line.replace(UNTIL, (text, year, month, day, hour, minute, second, utc) => {
    if (hour === undefined) return text;
    if (utc === '') return `UNTIL=${year}${month}${day}`;
    const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    return Number.isNaN(instant) ? text : `UNTIL=${dayOf(instant, timeZone).replaceAll('-', '')}`;
  });
}

/** The same as a time: a day ends with its last second, and a time without `Z` is what the zone's clocks show. */
export function withTimeUntil(line: string, timeZone: string): string {
  return line.replace(
    UNTIL,
    (text, year, month, day, hour = '23', minute = '59', second = '59', utc = '') => {
      const clock = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
      if (utc !== '' || Number.isNaN(clock)) return text;
      const instant = new Date(instantOfClock(clock, timeZone));
      return `UNTIL=${instant.toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
    },
  );
}

/** The lines with exactly one rule: with `RDATE` alone, the start recurs once. */
function checkedLines(lines: readonly string[], invalid: Invalid): string[] {
  const all = lines.map((line) => line.trim()).filter((line) => line !== '');
  const named = all.map((line) => (/^(RRULE|EXDATE|RDATE)[:;]/i.test(line) ? line : `RRULE:${line}`));
  const rules = named.filter((line) => /^RRULE/i.test(line));
  if (rules.length > 1) throw invalid('recurrence', 'has more than one RRULE');
  return rules.length === 1 ? named : ['RRULE:FREQ=DAILY;COUNT=1', ...named];
}

interface Question {
  lines: readonly string[];
  /** Undefined for days. */
  timeZone?: string;
  /** In epoch milliseconds; of days, their beginning in UTC. */
  start: number;
  after: number | undefined;
  before: number | undefined;
  limit: number | undefined;
}

function inputOf({ lines, start, timeZone }: Question): RuleInput {
  if (timeZone === undefined) {
    const day = new Date(start).toISOString().slice(0, 10).replaceAll('-', '');
    return { rruleString: [`DTSTART;VALUE=DATE:${day}`, ...lines].join('\n') };
  }
  const dtstart = { timeZoneId: timeZone, toString: () => `${zonedText(start, timeZone)}[${timeZone}]` };
  return { rruleString: lines.join('\n'), dtstart };
}

async function search(question: Question, invalid: Invalid): Promise<number[]> {
  const { start, timeZone, after = start - 1, before = END, limit = 100 } = question;
  const { lines, weekdays, count = Number.POSITIVE_INFINITY } = weekdayLimit(question.lines);
  // The start is the first of a series, whatever its rule says.
  const isOne = (time: number): boolean =>
    weekdays === undefined ||
    time === start ||
    weekdays.has(new Date(dayOf(time, timeZone ?? 'UTC')).getUTCDay());
  const found: number[] = [];
  try {
    const rule = await createRule(inputOf({ ...question, lines }));
    const isCounted = count !== Number.POSITIVE_INFINITY;
    let counted = 0;
    for (let last = isCounted ? start - 1 : after; found.length < limit && counted < count;) {
      const next = rule.next(new Date(last))?.epochMilliseconds;
      if (next === undefined || next >= before || next >= END) break;
      last = next;
      if (!isOne(next)) continue;
      counted += 1;
      if (next > after) found.push(next);
    }
  } catch (error) {
    const problem = error instanceof Error ? error.message : '';
    if (!ENDLESS_SEARCH.test(problem)) throw invalid('recurrence', 'is not a recurrence of RFC 5545');
  }
  return found;
}

function beginningOf(day: string | undefined, field: string, invalid: Invalid): number | undefined {
  return day === undefined ? undefined : Date.parse(`${checkedDay(day, field, invalid)}T00:00:00Z`);
}

/**
 * The days of a series, in order. Throws the error of `invalid` for a rule that isn't one of RFC 5545 or 7529, naming
 * `recurrence`.
 */
export async function occurrenceDays(series: DaySeries, invalid: Invalid): Promise<string[]> {
  const { lines, start, timeZone = 'UTC', after, before, limit } = series;
  checkedTimeZone(timeZone, 'timeZone', invalid);
  const days = await search(
    {
      lines: checkedLines(lines, invalid).map((line) => withDayUntil(line, timeZone)),
      start: beginningOf(start, 'start', invalid) ?? 0,
      after: beginningOf(after, 'after', invalid),
      before: beginningOf(before, 'before', invalid),
      limit,
    },
    invalid,
  );
  return days.map((at) => new Date(at).toISOString().slice(0, 10));
}

/**
 * The moments of a series, in order. A time that the clocks skip is no occurrence (RFC 5545 §3.3.10). Throws as
 * {@link occurrenceDays}.
 */
export async function occurrenceTimes(series: TimeSeries, invalid: Invalid): Promise<number[]> {
  const timeZone = checkedTimeZone(series.timeZone, 'timeZone', invalid);
  const { start, after, before, limit } = series;
  const lines = checkedLines(series.lines, invalid).map((line) => withTimeUntil(line, timeZone));
  return await search({ lines, timeZone, start, after, before, limit }, invalid);
}
