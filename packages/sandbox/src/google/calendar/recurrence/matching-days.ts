import { DAY_MS } from '../../../time/clock.ts';
import type { RecurrenceRule, WeekdayRule } from './rule.ts';

/** Days are counted from 1970-01-01. */
type Day = number;

/** Enough for a rule that matches only every few years; ends one that never matches. */
const MAX_PERIODS = 20_000;

/** The days that a rule matches, from `start` on, in order, without end. */
export function* matchingDays(rule: RecurrenceRule, start: Day): Generator<Day> {
  for (let period = 0; period < MAX_PERIODS; period += 1) {
    for (const day of daysOfPeriod(rule, start, period * rule.interval)) if (day >= start) yield day;
  }
}

function daysOfPeriod(rule: RecurrenceRule, start: Day, steps: number): Day[] {
  if (rule.frequency === 'DAILY') return [start + steps].filter((day) => isOn(rule.weekdays, day));
  if (rule.frequency === 'WEEKLY') return daysOfWeek(rule, start, steps);
  const months = rule.frequency === 'MONTHLY' ? steps : steps * 12;
  return daysOfMonth(rule, start, months).toSorted((a, b) => a - b);
}

function daysOfWeek({ weekdays, weekStart }: RecurrenceRule, start: Day, weeks: number): Day[] {
  const first = start - modulo(weekdayOf(start) - weekStart, 7) + weeks * 7;
  const wanted = weekdays.length === 0 ? [{ weekday: weekdayOf(start), nth: undefined }] : weekdays;
  return [0, 1, 2, 3, 4, 5, 6].map((offset) => first + offset).filter((day) => isOn(wanted, day));
}

function daysOfMonth({ weekdays, monthDays }: RecurrenceRule, start: Day, months: number): Day[] {
  const date = new Date(start * DAY_MS);
  const first = dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
  const length = dayOf(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 1)) - first;
  if (weekdays.length > 0) return weekdays.flatMap((weekday) => weekdaysOfMonth(weekday, first, length));
  const numbers = monthDays.length === 0 ? [date.getUTCDate()] : monthDays;
  return numbers
    .map((number) => (number < 0 ? length + number + 1 : number))
    .filter((number) => number >= 1 && number <= length)
    .map((number) => first + number - 1);
}

function weekdaysOfMonth({ weekday, nth }: WeekdayRule, first: Day, length: number): Day[] {
  const all: Day[] = [];
  for (let day = first + modulo(weekday - weekdayOf(first), 7); day < first + length; day += 7) all.push(day);
  if (nth === undefined) return all;
  const day = all.at(nth > 0 ? nth - 1 : nth);
  return day === undefined ? [] : [day];
}

function isOn(weekdays: readonly WeekdayRule[], day: Day): boolean {
  return weekdays.length === 0 || weekdays.some(({ weekday }) => weekday === weekdayOf(day));
}

/** Monday 0; 1970-01-01 was a Thursday. */
function weekdayOf(day: Day): number {
  return modulo(day + 3, 7);
}

function dayOf(midnight: number): Day {
  return midnight / DAY_MS;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
