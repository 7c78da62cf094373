import { fromWallTime } from '../../../time/zoned-time.ts';
import { invalid } from '../../api/failures.ts';
import type { Moment } from '../time/moment.ts';
import { invalidRule, parseRule, type RecurrenceRule, splitOnce } from './rule.ts';

/** The lines of `recurrence`, read for an event that begins at `start`. */
export interface Recurrence {
  readonly rules: readonly RecurrenceRule[];
  readonly excludedRules: readonly RecurrenceRule[];
  readonly extra: readonly Moment[];
  readonly excluded: readonly Moment[];
}

/** Reads RRULE, EXRULE, RDATE and EXDATE lines; throws a 400 for any other line. */
export function parseRecurrence(lines: readonly string[], start: Moment): Recurrence {
  const rules: RecurrenceRule[] = [];
  const excludedRules: RecurrenceRule[] = [];
  const extra: Moment[] = [];
  const excluded: Moment[] = [];
  for (const line of lines) {
    const [head, value] = splitOnce(line, ':');
    const [name, ...parameters] = head.split(';');
    if (name === 'RRULE' && parameters.length === 0) rules.push(ruleFor(value, start));
    else if (name === 'EXRULE' && parameters.length === 0) excludedRules.push(ruleFor(value, start));
    else if (name === 'RDATE') extra.push(...parseDates(value, parameters, start));
    else if (name === 'EXDATE') excluded.push(...parseDates(value, parameters, start));
    else throw invalidRule(line);
  }
  if (rules.length === 0 && extra.length === 0) throw invalidRule(lines.join(' '));
  return { rules, excludedRules, extra, excluded };
}

/** RFC 5545: UNTIL has the type of the event's start, and is in UTC where it has a time. */
function ruleFor(text: string, start: Moment): RecurrenceRule {
  const rule = parseRule(text);
  const fits = rule.until === undefined || rule.until.includes('T') !== 'date' in start;
  if (!fits) throw invalidRule(text);
  return rule;
}

function parseDates(value: string, parameters: readonly string[], start: Moment): Moment[] {
  const named = new Map(parameters.map((parameter) => splitOnce(parameter, '=')));
  const eventZone = 'date' in start ? 'UTC' : start.timeZone;
  return value.split(',').map((text) => parseDate(text, named.get('TZID') ?? eventZone));
}

function parseDate(text: string, timeZone: string): Moment {
  // Of a period, what counts is when it begins.
  const [, year, month, day, time] = /^(\d{4})(\d\d)(\d\d)(?:T(\d{6}Z?))?(?:\/.*)?$/.exec(text) ?? [];
  if (day === undefined) throw invalid(`Invalid recurrence date: ${text}`);
  const date = `${year}-${month}-${day}`;
  if (time === undefined) return { date };
  const wall = Date.parse(`${date}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4, 6)}Z`);
  return { instant: time.endsWith('Z') ? wall : fromWallTime(wall, timeZone), timeZone };
}
