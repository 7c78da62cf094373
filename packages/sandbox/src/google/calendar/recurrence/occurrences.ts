import { fromWallTime, toWallTime } from '../../../time/zoned-time.ts';
import { basicTime, instantOf, type Moment } from '../time/moment.ts';
import { followRule } from './follow-rule.ts';
import { parseRecurrence } from './recurrence.ts';
import type { RecurrenceRule } from './rule.ts';

/**
 * The starts of a recurring event that lie before `before` (milliseconds since the epoch), in order: its own start, what
 * the rules and RDATEs add, less the EXDATEs and EXRULEs. Rules are followed on the calendar of the event's zone, so that
 * 9:00 stays 9:00 when clocks change.
 */
export function occurrencesOf(start: Moment, lines: readonly string[], before: number): Moment[] {
  const { rules, excludedRules, extra, excluded } = parseRecurrence(lines, start);
  const byTime = new Map<string, Moment>([[basicTime(start), start]]);
  for (const rule of rules) {
    for (const moment of follow(rule, start, before)) byTime.set(basicTime(moment), moment);
  }
  for (const moment of extra) byTime.set(basicTime(moment), moment);
  for (const moment of excluded) byTime.delete(basicTime(moment));
  for (const rule of excludedRules) {
    for (const moment of follow(rule, start, before)) byTime.delete(basicTime(moment));
  }
  return [...byTime.values()]
    .filter((moment) => instantOf(moment, 'UTC') < before)
    .toSorted((a, b) => instantOf(a, 'UTC') - instantOf(b, 'UTC'));
}

/** The event's own start counts as the first of COUNT, whether the rule matches it or not (RFC 5545). */
function* follow(rule: RecurrenceRule, start: Moment, before: number): Generator<Moment> {
  const wall = 'date' in start ? Date.parse(start.date) : toWallTime(start.instant, start.timeZone);
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  let isFirst = true;
  for (const time of followRule(rule, wall)) {
    if (isFirst && time !== wall) left -= 1;
    isFirst = false;
    const moment = momentOn(start, time);
    if (left <= 0 || instantOf(moment, 'UTC') >= before || isPast(rule, moment)) return;
    left -= 1;
    yield moment;
  }
}

function momentOn(start: Moment, wall: number): Moment {
  if ('date' in start) return { date: new Date(wall).toISOString().slice(0, 10) };
  return { instant: fromWallTime(wall, start.timeZone), timeZone: start.timeZone };
}

/** UNTIL itself still counts. Both are written alike, so they compare as text. */
function isPast({ until }: RecurrenceRule, moment: Moment): boolean {
  return until !== undefined && basicTime(moment) > until;
}
