import { DAY_MS } from '../../time/clock.ts';
import { fromWallTime, toWallTime } from '../../time/zoned-time.ts';
import { matchesRule, parseRule } from './rule.ts';

/** Days that are looked through for the next occurrence: a leap day is at most eight years away. */
const MAX_DAYS = 8 * 366;

/** The next date of a repeating task, and the rule that it has then. */
export interface Next {
  readonly instant: number;
  readonly repeatFlag: string;
}

/**
 * The next date of a repeating task on its own zone's calendar, so that 9:00 stays 9:00 when clocks change. Knows the rules of
 * days, weeks, months and years by weekday, day and month, with INTERVAL, COUNT and UNTIL, and TickTick's list of dates; other
 * rules are stored but not followed. Undefined if the rule is not known, or has ended.
 */
export function nextOccurrence(instant: number, repeatFlag: string, timeZone: string): Next | undefined {
  const wall = toWallTime(instant, timeZone);
  const next = nextWallTime(wall, repeatFlag);
  if (next === undefined) return undefined;
  const at = fromWallTime(next, timeZone);
  const until = untilOf(repeatFlag);
  if (until !== undefined && (until.isDay ? next >= until.at + DAY_MS : at > until.at)) return undefined;
  const count = countOf(repeatFlag);
  if (count !== undefined && count <= 1) return undefined;
  return { instant: at, repeatFlag: repeatFlag.replace(/COUNT=\d+/, `COUNT=${(count ?? 0) - 1}`) };
}

function nextWallTime(wall: number, repeatFlag: string): number | undefined {
  const dates = /^ERULE:NAME=CUSTOM;BYDATE=([\d,]+)/.exec(repeatFlag)?.[1];
  if (dates !== undefined) {
    const time = wall % DAY_MS;
    const days = dates.split(',').filter((date) => date !== '');
    const walls = days.map((date) => Date.parse(date.replace(/(\d{4})(\d\d)(\d\d)/, '$1-$2-$3')) + time);
    return walls.toSorted((a, b) => a - b).find((each) => each > wall);
  }
  const rule = parseRule(repeatFlag);
  if (!rule) return undefined;
  for (let day = 1; day <= MAX_DAYS * rule.interval; day += 1) {
    const candidate = wall + day * DAY_MS;
    if (matchesRule(rule, new Date(wall), new Date(candidate))) return candidate;
  }
  return undefined;
}

/** It counts down with every completion; the last one leaves the task completed. */
function countOf(repeatFlag: string): number | undefined {
  const count = /COUNT=(\d+)/.exec(repeatFlag)?.[1];
  return count === undefined ? undefined : Number(count);
}

function untilOf(repeatFlag: string): { at: number; isDay: boolean } | undefined {
  const [, year, month, day, time] = /UNTIL=(\d{4})(\d\d)(\d\d)(?:T(\d{6})Z)?/.exec(repeatFlag) ?? [];
  if (day === undefined) return undefined;
  const clock = time === undefined ? '00:00:00' : time.replace(/(\d\d)(\d\d)(\d\d)/, '$1:$2:$3');
  return { at: Date.parse(`${year}-${month}-${day}T${clock}Z`), isDay: time === undefined };
}
