import { isDay } from '@context-sdk/oauth-core/client-kit';
import {
  formatRecurrenceRule,
  parseRecurrenceRule,
  type RecurrenceRule,
} from '@context-sdk/oauth-core/recurrence';
import { errors } from '../errors.ts';
import { checkFields, type FieldType } from '../input.ts';

/** How a task recurs, read from its `repeatFlag` or written for it. */
export interface Recurrence {
  /** What a task takes as `repeatFlag`. A rule that was read stays the text that it was. */
  readonly repeatFlag: string;
  /** The parts of an `RRULE`. TickTick's own parts, such as `TT_SKIP`, are in `other`. */
  readonly rule?: RecurrenceRule;
  /** The days of a rule that names each of them (`ERULE:NAME=CUSTOM`), in order: `2026-12-24`. */
  readonly dates?: readonly string[];
  /**
   * Whether the next occurrences follow from the rule. TickTick alone knows them for lunar rules, the forgetting curve, and
   * rules that skip weekends and holidays.
   */
  readonly isCalculable: boolean;
}

const CUSTOM_DATES = /^ERULE:NAME=CUSTOM;BYDATE=([\d,]*)$/i;

function datesIn(text: string): string[] | undefined {
  const [, list] = CUSTOM_DATES.exec(text) ?? [];
  const dates = list
    ?.split(',')
    .filter((date) => date !== '')
    .map((date) => date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
  return dates && [...new Set(dates)].toSorted();
}

function read(text: string): Recurrence {
  const repeatFlag = text.trim();
  if (repeatFlag === '') throw errors.invalid('repeatFlag', 'is empty');
  const dates = datesIn(repeatFlag);
  if (dates) return { repeatFlag, dates, isCalculable: dates.every(isDay) };
  const rule = parseRecurrenceRule(repeatFlag);
  if (rule === undefined) return { repeatFlag, isCalculable: false };
  const isOwn = Object.keys(rule.other ?? {}).some((part) => part.startsWith('TT_'));
  return { repeatFlag, rule, isCalculable: !isOwn };
}

const RULE_FIELDS: Readonly<Record<string, FieldType>> = {
  frequency: 'string',
  interval: 'number',
  count: 'number',
  until: 'string',
  byDay: 'string[]',
  byMonthDay: 'number[]',
  byMonth: 'number[]',
  bySetPos: 'number[]',
  weekStart: 'string',
};

const WEEKDAY = 'MO|TU|WE|TH|FR|SA|SU';
const PATTERNS: ReadonlyMap<string, RegExp> = new Map([
  ['byDay', new RegExp(`^(?:[+-]?\\d{1,2})?(?:${WEEKDAY})$`, 'i')],
  ['weekStart', new RegExp(`^(?:${WEEKDAY})$`, 'i')],
]);

/** The least and the greatest number of a field. */
const RANGES: ReadonlyMap<string, [min: number, max: number]> = new Map([
  ['interval', [1, Number.MAX_SAFE_INTEGER]],
  ['count', [1, Number.MAX_SAFE_INTEGER]],
  ['byMonthDay', [-31, 31]],
  ['byMonth', [1, 12]],
  ['bySetPos', [-366, 366]],
]);

/** Throws for what RFC 5545 §3.3.10 doesn't allow in the part that the field is. */
function checkPart(field: string, value: unknown): void {
  const range = RANGES.get(field);
  const pattern = PATTERNS.get(field);
  for (const each of [value].flat()) {
    if (pattern && !pattern.test(String(each)))
      throw errors.invalid(field, 'has something else than weekdays such as MO');
    if (!range) continue;
    const [min, max] = range;
    const number = Number(each);
    if (!Number.isInteger(number) || number < min || number > max || number === 0)
      throw errors.invalid(field, `has a number that can't be: from ${min} to ${max}, and not 0`);
  }
}

function checkUntil(until: string): void {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)(?:T([01]\d|2[0-3])[0-5]\d[0-5]\dZ?)?$/.exec(until) ?? [];
  if (isDay(`${year}-${month}-${day}`)) return;
  throw errors.invalid('until', 'is not a day such as 20261231, or a time such as 20261231T090000Z');
}

/** A caller's rule. What TickTick sent is read as it is. */
function checkRule(rule: RecurrenceRule): void {
  checkFields(rule, 'rule', RULE_FIELDS);
  for (const [field, value] of Object.entries(rule)) {
    if (field !== 'other' && !Object.hasOwn(RULE_FIELDS, field))
      throw errors.invalid(field, 'is no part of a rule');
    if (value !== undefined) checkPart(field, value);
  }
  if (rule.until !== undefined) checkUntil(rule.until);
  if (rule.other === undefined) return;
  checkFields(rule.other, 'other');
  for (const [name, value] of Object.entries(rule.other)) {
    if (!/^[A-Z][\w-]*$/i.test(name) || !/^[^;:=\s]*$/.test(value))
      throw errors.invalid('other', 'has a name or a value that is no part of a rule');
  }
}

function writeDates(dates: readonly string[]): string {
  const isList: boolean = Array.isArray(dates);
  if (!isList) throw errors.invalid('dates', 'is not a list');
  if (dates.length === 0) throw errors.invalid('dates', 'is empty');
  for (const date of dates) {
    if (!isDay(date)) throw errors.invalid('dates', 'has something else than days such as 2026-12-24');
  }
  return `ERULE:NAME=CUSTOM;BYDATE=${[...new Set(dates)].toSorted().join(',').replaceAll('-', '')}`;
}

/**
 * Reads the `repeatFlag` of a task, or writes one for a rule, or for the days on which a task recurs. Rules that aren't an
 * `RRULE` (`ERULE`, `LUNAR`) pass through as they are. Throws {@link InvalidRequestError} for a rule that can't be one.
 */
export function recurrence(rule: string | RecurrenceRule | { dates: readonly string[] }): Recurrence {
  if (typeof rule === 'string') return read(rule);
  checkFields(rule, 'rule');
  if ('dates' in rule) return read(writeDates(rule.dates));
  checkRule(rule);
  const written = read(formatRecurrenceRule(rule));
  if (written.rule) return written;
  throw errors.invalid('frequency', 'is none of RFC 5545, such as WEEKLY');
}
