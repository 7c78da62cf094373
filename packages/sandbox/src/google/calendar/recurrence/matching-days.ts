import { type Day, dayOf, firstWeekOf, modulo, partsOf, weekdayOf } from './day.ts';
import type { RecurrenceRule } from './rule.ts';

/** A rule whose missing parts are those of its start (RFC 5545 §3.3.10). */
export function completed(rule: RecurrenceRule, start: Day): RecurrenceRule {
  const { frequency, weekdays, monthDays, yearDays, weekNumbers } = rule;
  const { month, date } = partsOf(start);
  const ofStart = [{ weekday: weekdayOf(start), nth: undefined }];
  if (weekdays.length + monthDays.length + yearDays.length > 0) return rule;
  if (weekNumbers.length > 0 || frequency === 'WEEKLY') return { ...rule, weekdays: ofStart };
  if (frequency === 'MONTHLY') return { ...rule, monthDays: [date] };
  if (frequency !== 'YEARLY') return rule;
  return { ...rule, monthDays: [date], months: rule.months.length > 0 ? rule.months : [month] };
}

/** Days from the first, inclusive, to the last, exclusive, that the rule matches. */
export function matchingDays(rule: RecurrenceRule, first: Day, last: Day): Day[] {
  const days: Day[] = [];
  for (let day = first; day < last; day += 1) if (matches(rule, day)) days.push(day);
  return days;
}

/** Whether the rule, completed, can have an occurrence on that day. */
export function matches(rule: RecurrenceRule, day: Day): boolean {
  const { year, month, date } = partsOf(day);
  const { months, monthDays, yearDays, weekNumbers, weekdays } = rule;
  const monthLength = dayOf(year, month + 1, 1) - dayOf(year, month, 1);
  const firstOfYear = dayOf(year, 1, 1);
  const yearLength = dayOf(year + 1, 1, 1) - firstOfYear;
  return (
    (months.length === 0 || months.includes(month)) &&
    isListed(monthDays, date, monthLength) &&
    isListed(yearDays, day - firstOfYear + 1, yearLength) &&
    (weekNumbers.length === 0 || isInWeeks(rule, day, year)) &&
    (weekdays.length === 0 || isOnWeekday(rule, day))
  );
}

/** Whether a list has a number, or has it counted from the end. */
function isListed(list: readonly number[], number: number, length: number): boolean {
  return list.length === 0 || list.includes(number) || list.includes(number - length - 1);
}

/** Weeks belong to the year that has most of their days, so the first and the last may reach into another. */
function isInWeeks({ weekNumbers, weekStart }: RecurrenceRule, day: Day, year: number): boolean {
  return [year - 1, year, year + 1].some((weekYear) => {
    const first = firstWeekOf(weekYear, weekStart);
    const weeks = (firstWeekOf(weekYear + 1, weekStart) - first) / 7;
    const week = Math.floor((day - first) / 7) + 1;
    return week >= 1 && week <= weeks && isListed(weekNumbers, week, weeks);
  });
}

/** The nth weekday counts within the month, or within the year for a yearly rule without months. */
function isOnWeekday({ frequency, weekdays, months }: RecurrenceRule, day: Day): boolean {
  const { year, month } = partsOf(day);
  const isYearly = frequency === 'YEARLY' && months.length === 0;
  const [first, end] = isYearly
    ? [dayOf(year, 1, 1), dayOf(year + 1, 1, 1)]
    : [dayOf(year, month, 1), dayOf(year, month + 1, 1)];
  const nth = Math.floor((day - first) / 7) + 1;
  const fromEnd = -Math.floor((end - 1 - day) / 7) - 1;
  return weekdays.some(
    (one) =>
      one.weekday === modulo(day + 3, 7) && (one.nth === undefined || one.nth === nth || one.nth === fromEnd),
  );
}
