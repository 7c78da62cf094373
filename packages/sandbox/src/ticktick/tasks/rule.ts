import { DAY_MS } from '../../time/clock.ts';

/** A rule that the sandbox follows. */
export interface Rule {
  readonly frequency: string;
  readonly interval: number;
  /** `MO`, or `4TH` for the fourth Thursday of a month. */
  readonly weekdays: readonly string[];
  /** Negative ones count from the end of the month. */
  readonly monthDays: readonly number[];
  readonly months: readonly number[];
  /** The first day of the week: `MO`. */
  readonly weekStart: string;
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const KNOWN = new Set(['FREQ', 'INTERVAL', 'BYDAY', 'BYMONTHDAY', 'BYMONTH', 'WKST', 'COUNT', 'UNTIL']);

/** Undefined for a rule with parts that the sandbox does not follow. */
export function parseRule(repeatFlag: string): Rule | undefined {
  if (!/^(RRULE:)?FREQ=/.test(repeatFlag)) return undefined;
  const parts = new Map(
    repeatFlag
      .replace('RRULE:', '')
      .split(';')
      .map((part): [string, string] => {
        const [name = '', value = ''] = part.split('=');
        return [name, value];
      }),
  );
  const frequency = parts.get('FREQ') ?? '';
  const interval = Number(parts.get('INTERVAL') ?? 1);
  const isKnown = [...parts.keys()].every((name) => KNOWN.has(name));
  if (!isKnown || !/^(DAILY|WEEKLY|MONTHLY|YEARLY)$/.test(frequency) || !(interval >= 1)) return undefined;
  const list = (name: string): string[] => parts.get(name)?.split(',') ?? [];
  const [weekdays, months] = [list('BYDAY'), list('BYMONTH').map(Number)];
  // The nth weekday of a year is not counted.
  if (frequency === 'YEARLY' && months.length === 0 && weekdays.some((day) => /\d/.test(day)))
    return undefined;
  const weekStart = parts.get('WKST') ?? 'MO';
  return { frequency, interval, weekdays, monthDays: list('BYMONTHDAY').map(Number), months, weekStart };
}

/** Whether a day of the calendar is in the series that began on `start`. */
export function matchesRule(rule: Rule, start: Date, day: Date): boolean {
  return isInPeriod(rule, start, day) && isMonth(rule, start, day) && isDayOf(rule, start, day);
}

function isInPeriod({ frequency, interval, weekStart }: Rule, start: Date, day: Date): boolean {
  const months = (date: Date): number => date.getUTCFullYear() * 12 + date.getUTCMonth();
  if (frequency === 'DAILY') return Math.round((day.getTime() - start.getTime()) / DAY_MS) % interval === 0;
  if (frequency === 'WEEKLY') return (weekOf(day, weekStart) - weekOf(start, weekStart)) % interval === 0;
  if (frequency === 'MONTHLY') return (months(day) - months(start)) % interval === 0;
  return (day.getUTCFullYear() - start.getUTCFullYear()) % interval === 0;
}

/** The number of the week. The epoch is a Thursday. */
function weekOf(date: Date, weekStart: string): number {
  const daysBefore = (WEEKDAYS.indexOf('TH') - WEEKDAYS.indexOf(weekStart) + 7) % 7;
  return Math.floor((date.getTime() / DAY_MS + daysBefore) / 7);
}

function isMonth({ frequency, months, weekdays, monthDays }: Rule, start: Date, day: Date): boolean {
  if (months.length > 0) return months.includes(day.getUTCMonth() + 1);
  const isFree = frequency !== 'YEARLY' || weekdays.length > 0 || monthDays.length > 0;
  return isFree || day.getUTCMonth() === start.getUTCMonth();
}

function isDayOf({ frequency, weekdays, monthDays }: Rule, start: Date, day: Date): boolean {
  if (monthDays.length > 0 && !monthDays.some((number) => isMonthDay(number, day))) return false;
  if (weekdays.length > 0) return weekdays.some((weekday) => isWeekday(weekday, day));
  if (monthDays.length > 0 || frequency === 'DAILY') return true;
  if (frequency === 'WEEKLY') return day.getUTCDay() === start.getUTCDay();
  return day.getUTCDate() === start.getUTCDate();
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

function isMonthDay(number: number, day: Date): boolean {
  return day.getUTCDate() === (number < 0 ? daysInMonth(day) + 1 + number : number);
}

/** The nth is that of a month. */
function isWeekday(weekday: string, day: Date): boolean {
  const [, nth = '', name = ''] = /^([+-]?\d*)([A-Z]{2})$/.exec(weekday) ?? [];
  if (WEEKDAYS[day.getUTCDay()] !== name) return false;
  if (nth === '') return true;
  const date = day.getUTCDate();
  const number = Number(nth);
  return number > 0
    ? Math.ceil(date / 7) === number
    : Math.ceil((daysInMonth(day) - date + 1) / 7) === -number;
}
