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
  return list
    ?.split(',')
    .filter((date) => date !== '')
    .map((date) => date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'))
    .toSorted();
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

function writeDates(dates: readonly string[]): string {
  const isList: boolean = Array.isArray(dates);
  if (!isList) throw errors.invalid('dates', 'is not a list');
  if (dates.length === 0) throw errors.invalid('dates', 'is empty');
  for (const date of dates) {
    if (!isDay(date)) throw errors.invalid('dates', 'has something else than days such as 2026-12-24');
  }
  return `ERULE:NAME=CUSTOM;BYDATE=${dates.toSorted().join(',').replaceAll('-', '')}`;
}

/**
 * Reads the `repeatFlag` of a task, or writes one for a rule, or for the days on which a task recurs. Rules that aren't an
 * `RRULE` (`ERULE`, `LUNAR`) pass through as they are. Throws {@link InvalidRequestError} for a rule that can't be one.
 */
export function recurrence(rule: string | RecurrenceRule | { dates: readonly string[] }): Recurrence {
  if (typeof rule === 'string') return read(rule);
  checkFields(rule, 'rule');
  if ('dates' in rule) return read(writeDates(rule.dates));
  checkFields(rule, 'rule', RULE_FIELDS);
  if (rule.other !== undefined) checkFields(rule.other, 'other');
  const written = read(formatRecurrenceRule(rule));
  if (written.rule) return written;
  throw errors.invalid('frequency', 'is none of RFC 5545, such as WEEKLY');
}
