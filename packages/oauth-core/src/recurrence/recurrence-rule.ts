const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const;

/** How often a series recurs: `FREQ` of RFC 5545 §3.3.10. */
export type RecurrenceFrequency = (typeof FREQUENCIES)[number];

/** A recurrence rule (RFC 5545 §3.3.10) as data. What is absent has the RFC's default. */
export interface RecurrenceRule {
  frequency: RecurrenceFrequency;
  /** Every so many days, weeks, months or years. Default: 1. */
  interval?: number | undefined;
  /** How many occurrences there are, the first included. */
  count?: number | undefined;
  /** The last day (`20261231`) or moment (`20261231T090000Z`) that an occurrence can be on. */
  until?: string | undefined;
  /** Days of the week: `MO`; with a number for the nth in a month or year: `4TH`, `-1FR`. */
  byDay?: string[] | undefined;
  /** Days of the month; negative ones count from its end. */
  byMonthDay?: number[] | undefined;
  /** Months, 1 to 12. */
  byMonth?: number[] | undefined;
  /** Of the occurrences in one period, the nth; negative ones count from the end. */
  bySetPos?: number[] | undefined;
  /** The first day of the week. Default: `MO`. */
  weekStart?: string | undefined;
  /** Parts with other names, such as `BYWEEKNO` and a service's own, with their text. */
  other?: Record<string, string> | undefined;
}

type ListField = 'byDay' | 'byMonthDay' | 'byMonth' | 'bySetPos';

const LISTS: Readonly<Record<string, ListField>> = {
  BYDAY: 'byDay',
  BYMONTHDAY: 'byMonthDay',
  BYMONTH: 'byMonth',
  BYSETPOS: 'bySetPos',
};

function isFrequency(text: string): text is RecurrenceFrequency {
  const known: readonly string[] = FREQUENCIES;
  return known.includes(text);
}

/** The numbers, or undefined if one isn't a whole number. */
function numbersIn(texts: readonly string[]): number[] | undefined {
  const isNumbers = texts.every((text) => /^[+-]?\d+$/.test(text));
  return isNumbers ? texts.map(Number) : undefined;
}

/** Reads one part into the rule; false if the part isn't one of the fields. */
function readPart(rule: RecurrenceRule, name: string, value: string): boolean {
  const values = value.split(',');
  const numbers = numbersIn(values);
  const [number] = numbers ?? [];
  if (name === 'INTERVAL' && number !== undefined) rule.interval = number;
  else if (name === 'COUNT' && number !== undefined) rule.count = number;
  else if (name === 'UNTIL') rule.until = value;
  else if (name === 'WKST') rule.weekStart = value;
  else if (name === 'BYDAY') rule.byDay = values;
  else {
    const field = LISTS[name];
    if (field === undefined || field === 'byDay' || numbers === undefined) return false;
    rule[field] = numbers;
  }
  return true;
}

/**
 * Reads `RRULE:FREQ=WEEKLY;BYDAY=MO`, with or without `RRULE:`. Undefined for anything else: other kinds of rules, and rules
 * without a frequency. {@link formatRecurrenceRule} writes the same rule again, unknown parts included.
 */
export function parseRecurrenceRule(text: string): RecurrenceRule | undefined {
  const [, body] = /^(?:RRULE:)?([A-Z][\w-]*=[^:]*)$/i.exec(text.trim()) ?? [];
  const parts = (body ?? '').split(';').flatMap((part) => {
    const [name = '', value = ''] = part.split('=');
    return name === '' ? [] : [[name.toUpperCase(), value] as const];
  });
  const frequency = parts.find(([name]) => name === 'FREQ')?.[1].toUpperCase() ?? '';
  if (!isFrequency(frequency)) return undefined;
  const rule: RecurrenceRule = { frequency };
  for (const [name, value] of parts) {
    if (name === 'FREQ' || readPart(rule, name, value)) continue;
    rule.other = { ...rule.other, [name]: value };
  }
  return rule;
}

/** The rule as text: `RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE`. */
export function formatRecurrenceRule(rule: RecurrenceRule): string {
  const { frequency, interval, count, until, weekStart, other = {} } = rule;
  const parts: [name: string, value: string | number | undefined][] = [
    ['FREQ', frequency],
    ['INTERVAL', interval],
    ['COUNT', count],
    ['UNTIL', until],
    ['WKST', weekStart],
    ...Object.entries(LISTS).map(([name, field]): [string, string | undefined] => [
      name,
      rule[field]?.join(','),
    ]),
    ...Object.entries(other),
  ];
  const given = parts.filter(([, value]) => value !== undefined && value !== '');
  return `RRULE:${given.map(([name, value]) => `${name}=${String(value)}`).join(';')}`;
}
