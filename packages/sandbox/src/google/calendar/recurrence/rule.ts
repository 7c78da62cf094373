import { type GoogleFailure, invalid } from '../../api/failures.ts';

/** A weekday, Monday 0; with `nth` only the nth of the month or year, from its end where negative. */
export interface WeekdayRule {
  readonly weekday: number;
  readonly nth: number | undefined;
}

const FREQUENCIES = ['SECONDLY', 'MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;

export type Frequency = (typeof FREQUENCIES)[number];

/** An RRULE of RFC 5545 §3.3.10. An empty list stands for a part that the rule doesn't have. */
export interface RecurrenceRule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | undefined;
  /** `yyyymmdd` for events of whole days, `yyyymmddThhmmssZ` else. */
  readonly until: string | undefined;
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly weekdays: readonly WeekdayRule[];
  readonly monthDays: readonly number[];
  readonly yearDays: readonly number[];
  readonly weekNumbers: readonly number[];
  readonly months: readonly number[];
  readonly positions: readonly number[];
  /** Monday 0. */
  readonly weekStart: number;
}

const WEEKDAY_NAMES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Lists of numbers: their name, the smallest and the largest, and whether they may count from the end. */
const LISTS = {
  seconds: ['BYSECOND', 0, 60, false],
  minutes: ['BYMINUTE', 0, 59, false],
  hours: ['BYHOUR', 0, 23, false],
  monthDays: ['BYMONTHDAY', 1, 31, true],
  yearDays: ['BYYEARDAY', 1, 366, true],
  weekNumbers: ['BYWEEKNO', 1, 53, true],
  months: ['BYMONTH', 1, 12, false],
  positions: ['BYSETPOS', 1, 366, true],
} as const;

type ListName = keyof typeof LISTS;

const KNOWN_PARTS: ReadonlySet<string> = new Set([
  'FREQ',
  'INTERVAL',
  'COUNT',
  'UNTIL',
  'BYDAY',
  'WKST',
  ...Object.values(LISTS).map(([name]) => name),
]);

/** Reads `FREQ=WEEKLY;BYDAY=MO`. A part that RFC 5545 doesn't have is refused, not ignored. */
export function parseRule(text: string): RecurrenceRule {
  const pairs = text.split(';').map((part) => splitOnce(part, '='));
  const parts = new Map(pairs);
  const frequency = FREQUENCIES.find((name) => name === parts.get('FREQ'));
  if (!frequency || parts.size < pairs.length || [...parts.keys()].some((name) => !KNOWN_PARTS.has(name))) {
    throw invalidRule(text);
  }
  const numbers = Object.fromEntries(
    Object.keys(LISTS).map((name) => [name, readList(parts, name as ListName, text)]),
  ) as Record<ListName, number[]>;
  const rule: RecurrenceRule = {
    frequency,
    interval: wholeNumber(parts.get('INTERVAL') ?? '1', text),
    count: parts.has('COUNT') ? wholeNumber(parts.get('COUNT') ?? '', text) : undefined,
    until: parts.get('UNTIL'),
    ...numbers,
    weekdays: list(parts.get('BYDAY')).map((word) => parseWeekday(word, text)),
    weekStart: WEEKDAY_NAMES.indexOf(parts.get('WKST') ?? 'MO'),
  };
  checkCombination(rule, text);
  return rule;
}

export function invalidRule(text: string): GoogleFailure {
  return invalid(`Invalid recurrence rule: ${text}`);
}

/** What RFC 5545 forbids together. */
function checkCombination(rule: RecurrenceRule, text: string): void {
  const { frequency, count, until, weekdays, monthDays, yearDays, weekNumbers, weekStart } = rule;
  const counts = weekdays.some(({ nth }) => nth !== undefined);
  const others = [
    rule.seconds,
    rule.minutes,
    rule.hours,
    weekdays,
    monthDays,
    yearDays,
    weekNumbers,
    rule.months,
  ];
  const isForbidden =
    (count !== undefined && until !== undefined) ||
    weekStart < 0 ||
    (counts && frequency !== 'MONTHLY' && frequency !== 'YEARLY') ||
    (counts && weekNumbers.length > 0) ||
    (monthDays.length > 0 && frequency === 'WEEKLY') ||
    (yearDays.length > 0 && ['DAILY', 'WEEKLY', 'MONTHLY'].includes(frequency)) ||
    (weekNumbers.length > 0 && frequency !== 'YEARLY') ||
    (rule.positions.length > 0 && others.every(({ length }) => length === 0)) ||
    (until !== undefined && !/^\d{8}(?:T\d{6}Z)?$/.test(until));
  if (isForbidden) throw invalidRule(text);
}

function readList(parts: ReadonlyMap<string, string>, name: ListName, text: string): number[] {
  const [part, smallest, largest, mayBeNegative] = LISTS[name];
  return list(parts.get(part)).map((word) => {
    const number = /^[+-]?\d{1,3}$/.test(word) ? Number(word) : Number.NaN;
    const size = mayBeNegative ? Math.abs(number) : number;
    if (!(size >= smallest && size <= largest)) throw invalidRule(text);
    return number;
  });
}

function parseWeekday(word: string, text: string): WeekdayRule {
  const [, nth, name = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(word) ?? [];
  const weekday = WEEKDAY_NAMES.indexOf(name);
  const isInRange = nth === undefined || (Number(nth) !== 0 && Math.abs(Number(nth)) <= 53);
  if (weekday < 0 || !isInRange) throw invalidRule(text);
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
