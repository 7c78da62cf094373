import { type GoogleFailure, invalid } from '../../api/failures.ts';

/** A weekday, Monday 0; with `nth` only the nth of the month, from its end where negative. */
export interface WeekdayRule {
  readonly weekday: number;
  readonly nth: number | undefined;
}

/** An RRULE of RFC 5545, as far as the sandbox follows it. */
export interface RecurrenceRule {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count: number | undefined;
  /** `yyyymmdd` for events of whole days, `yyyymmddThhmmssZ` else. */
  readonly until: string | undefined;
  readonly weekdays: readonly WeekdayRule[];
  readonly monthDays: readonly number[];
  /** Monday 0. */
  readonly weekStart: number;
}

const WEEKDAY_NAMES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const KNOWN_PARTS = new Set(['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'BYMONTHDAY', 'WKST']);

/** Reads `FREQ=WEEKLY;BYDAY=MO`. A part that the sandbox does not follow is refused, not ignored. */
export function parseRule(text: string): RecurrenceRule {
  const parts = new Map(text.split(';').map((part) => splitOnce(part, '=')));
  const frequency = FREQUENCIES.find((name) => name === parts.get('FREQ'));
  if (!frequency || [...parts.keys()].some((name) => !KNOWN_PARTS.has(name))) throw invalidRule(text);
  if (parts.has('COUNT') && parts.has('UNTIL')) throw invalidRule(text);
  const weekStart = WEEKDAY_NAMES.indexOf(parts.get('WKST') ?? 'MO');
  const rule = {
    frequency,
    interval: wholeNumber(parts.get('INTERVAL') ?? '1', text),
    count: parts.has('COUNT') ? wholeNumber(parts.get('COUNT') ?? '', text) : undefined,
    until: parts.get('UNTIL'),
    weekdays: list(parts.get('BYDAY')).map((word) => parseWeekday(word, text)),
    monthDays: list(parts.get('BYMONTHDAY')).map(Number),
    weekStart,
  };
  checkCombination(rule, text);
  return rule;
}

export function invalidRule(text: string): GoogleFailure {
  return invalid(`Invalid recurrence rule: ${text}`);
}

function checkCombination(rule: RecurrenceRule, text: string): void {
  const { frequency, weekdays, monthDays, weekStart, until } = rule;
  const monthly = frequency === 'MONTHLY';
  const fits =
    weekStart >= 0 &&
    (monthly || weekdays.every(({ nth }) => nth === undefined)) &&
    (monthly || monthDays.length === 0) &&
    (weekdays.length === 0 || monthDays.length === 0) &&
    (frequency !== 'YEARLY' || weekdays.length === 0) &&
    monthDays.every((day) => Number.isInteger(day) && day !== 0 && Math.abs(day) <= 31) &&
    (until === undefined || /^\d{8}(?:T\d{6}Z)?$/.test(until));
  if (!fits) throw invalidRule(text);
}

function parseWeekday(word: string, text: string): WeekdayRule {
  const [, nth, name = ''] = /^([+-]?[1-5])?([A-Z]{2})$/.exec(word) ?? [];
  const weekday = WEEKDAY_NAMES.indexOf(name);
  if (weekday < 0) throw invalidRule(text);
  return { weekday, nth: nth === undefined ? undefined : Number(nth) };
}

function wholeNumber(value: string, text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw invalidRule(text);
  return Number(value);
}

function list(value: string | undefined): string[] {
  return value === undefined ? [] : value.split(',');
}

export function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
