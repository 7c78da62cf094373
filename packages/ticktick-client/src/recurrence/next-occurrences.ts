import {
  addDays,
  checkOptions,
  DAY_MS,
  dayOf,
  isDay,
  isTimeZone,
  offsetAt,
  type OptionTypes,
  startOfDay,
} from '@context-sdk/oauth-core/client-kit';
import { formatRecurrenceRule, occurrenceDays, occurrenceTimes } from '@context-sdk/oauth-core/recurrence';
import { readWireDate, sameClock, type TaskDates, taskDays } from '../dates/task-dates.ts';
import { errors } from '../errors.ts';
import { checkFields, checkWholeNumber } from '../input.ts';
import { recurrence } from './recurrence.ts';

/** The fields of a task that say when it recurs. */
export interface RecurringDates extends TaskDates {
  repeatFlag?: string | null | undefined;
  /** `1` counts from the completion, everything else from the task's date. */
  repeatFrom?: string | null | undefined;
}

/** Which occurrences to calculate. */
export interface OccurrenceOptions {
  /** The most to return. Default: 1. */
  limit?: number | undefined;
  /** Only occurrences that start after this. */
  after?: Date | undefined;
  /** Only occurrences that start before this. */
  before?: Date | undefined;
  /** When the task is completed, for tasks that recur from then (`repeatFrom` is `1`). Default: now. */
  completedAt?: Date | undefined;
}

const OPTIONS: OptionTypes<OccurrenceOptions> = {
  limit: 'number',
  after: 'object',
  before: 'object',
  completedAt: 'object',
};

/** The dates of one occurrence, for `taskDays`, `taskDueDate` and the like. */
export interface Occurrence {
  startDate: string;
  dueDate: string;
  timeZone: string;
  isAllDay: boolean;
}

interface Series {
  start: number;
  due: number;
  timeZone: string;
  isAllDay: boolean;
}

function wire(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '+0000');
}

function seriesOf(task: RecurringDates, completedAt: Date): Series | undefined {
  const start = readWireDate(task.startDate) ?? readWireDate(task.dueDate);
  if (start === undefined) return undefined;
  const timeZone = isTimeZone(task.timeZone) ? task.timeZone : 'UTC';
  const due = Math.max(start, readWireDate(task.dueDate) ?? start);
  const isAllDay = task.isAllDay === true;
  if (task.repeatFrom !== '1') return { start, due, timeZone, isAllDay };
  const today = sameTimeOn(dayOf(completedAt.getTime(), timeZone), start, timeZone);
  return { start: today, due: today + due - start, timeZone, isAllDay };
}

/** The instant on another day at which the clock shows the same. */
function sameTimeOn(day: string, instant: number, timeZone: string): number {
  const clock = instant + offsetAt(instant, timeZone);
  const sinceMidnight = ((clock % DAY_MS) + DAY_MS) % DAY_MS;
  return sameClock(Date.parse(`${day}T00:00:00Z`) + sinceMidnight, 'UTC', timeZone);
}

/** A zone that changes sides of the date line skips a day. */
function isDayOf(day: string, timeZone: string): boolean {
  return dayOf(startOfDay(day, timeZone), timeZone) === day;
}

/** Which starts to find, in epoch milliseconds. */
interface Bounds {
  after: number;
  before: number;
  limit: number;
}

async function startsOf(series: Series, repeatFlag: string, bounds: Bounds): Promise<number[]> {
  const { rule, dates = [] } = recurrence(repeatFlag);
  const { start, timeZone, isAllDay } = series;
  const { after, before, limit } = bounds;
  const first = dayOf(start, timeZone);
  if (!isDay(first) || !isDay(dayOf(after, timeZone))) return [];
  if (rule === undefined) {
    const days = dates.filter((date) => date > first && isDayOf(date, timeZone));
    const next = days.map((day) => (isAllDay ? startOfDay(day, timeZone) : sameTimeOn(day, start, timeZone)));
    return next.filter((at) => at > after && at < before).slice(0, limit);
  }
  const lines = [formatRecurrenceRule(rule)];
  if (!isAllDay) return await occurrenceTimes({ lines, start, timeZone, ...bounds }, errors.invalid);
  // Days after the one in which the bound lies; the end may lie within its day.
  const days = await occurrenceDays(
    {
      lines,
      start: first,
      timeZone,
      after: dayOf(after, timeZone),
      before: Number.isFinite(before) ? addDays(dayOf(before - 1, timeZone), 1) : undefined,
      limit: limit + 1,
    },
    errors.invalid,
  );
  const existing = days.filter((day) => isDayOf(day, timeZone)).slice(0, limit);
  return existing.map((day) => startOfDay(day, timeZone));
}

function occurrenceAt(start: number, series: Series, task: TaskDates): Occurrence {
  const { timeZone, isAllDay } = series;
  const days = isAllDay && series.due > series.start ? taskDays(task) : undefined;
  if (days === undefined) {
    const due = start + (isAllDay ? 0 : series.due - series.start);
    return { startDate: wire(start), dueDate: wire(due), timeZone, isAllDay };
  }
  // An all-day span ends with the midnight after its last day.
  const length = (Date.parse(days.last) - Date.parse(days.first)) / DAY_MS + 1;
  const due = startOfDay(addDays(dayOf(start, timeZone), length), timeZone);
  return { startDate: wire(start), dueDate: wire(due), timeZone, isAllDay };
}

/**
 * The occurrences after the one that a recurring task shows, in order; empty if there is none. Undefined if the task doesn't
 * recur, or if only TickTick knows: see `isCalculable` of {@link recurrence}. Throws {@link InvalidRequestError} for a rule
 * that isn't one of RFC 5545.
 */
export async function nextOccurrences(
  task: RecurringDates,
  options?: OccurrenceOptions | null,
): Promise<Occurrence[] | undefined> {
  checkFields(task, 'task');
  checkOptions(options, OPTIONS, errors.invalid);
  const { limit = 1, after, before, completedAt = new Date() } = options ?? {};
  checkWholeNumber(limit, 'limit', 1);
  for (const [field, value] of Object.entries({ after, before, completedAt })) {
    const isTime = value === undefined || (value instanceof Date && !Number.isNaN(value.getTime()));
    if (!isTime) throw errors.invalid(field, 'is not a time');
  }
  const { repeatFlag } = task;
  if (repeatFlag !== undefined && repeatFlag !== null && typeof repeatFlag !== 'string')
    throw errors.invalid('repeatFlag', 'is not a string');
  if (!repeatFlag || !recurrence(repeatFlag).isCalculable) return undefined;
  const series = seriesOf(task, completedAt);
  if (series === undefined) return undefined;
  const starts = await startsOf(series, repeatFlag, {
    after: Math.max(series.start, after?.getTime() ?? series.start),
    before: before?.getTime() ?? Number.POSITIVE_INFINITY,
    limit,
  });
  return starts.map((start) => occurrenceAt(start, series, task));
}
