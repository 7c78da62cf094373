import { isObject, MINUTE_MS, omitUndefined } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../errors.ts';
import { type CalendarDay, type DateInput, isCalendarDay, toInstant } from './date-input.ts';

/**
 * When a task is: a day, the days from one to another, both included, a time, or `null` for never. A time without a duration
 * keeps the length of a task that is passed whole.
 */
export type TaskSchedule =
  | { day: CalendarDay }
  | { from: CalendarDay; to: CalendarDay }
  | { at: Date | string; durationMinutes?: number | undefined }
  | null;

/** The fields of an input that say when a task is. */
export interface ScheduleInput {
  schedule?: TaskSchedule | undefined;
  startDate?: DateInput | null | undefined;
  dueDate?: DateInput | null | undefined;
  isAllDay?: boolean | undefined;
  timeZone?: string | undefined;
}

/** Both dates as a caller gives them; `null` clears. */
export interface GivenDates {
  startDate?: DateInput | null | undefined;
  dueDate?: DateInput | null | undefined;
}

/** Also for an empty text, which the check of instants refuses. */
export function isGiven(date: DateInput | null | undefined): date is DateInput {
  return date !== undefined && date !== null;
}

/** The dates of an input. Throws {@link InvalidRequestError} naming the field. */
export function datesOf({ schedule, startDate, dueDate }: ScheduleInput, at: string): GivenDates {
  if (schedule === undefined) return checked({ startDate, dueDate }, at);
  if (startDate !== undefined || dueDate !== undefined) {
    throw errors.invalid(`${at}schedule`, 'excludes startDate and dueDate');
  }
  return scheduled(schedule, `${at}schedule`);
}

function checked({ startDate, dueDate }: GivenDates, at: string): GivenDates {
  if (isGiven(startDate)) toInstant(startDate, `${at}startDate`);
  if (isGiven(dueDate)) toInstant(dueDate, `${at}dueDate`);
  return { startDate, dueDate };
}

/** The members of a schedule, in each of its forms. */
const FORMS = ['day', 'from to', 'at durationMinutes'];

function scheduled(schedule: TaskSchedule, field: string): GivenDates {
  if (schedule === null) return { startDate: null, dueDate: null };
  const names = isObject(schedule) ? Object.keys(omitUndefined({ ...schedule })) : ['neither'];
  if (!FORMS.some((form) => names.every((name) => form.split(' ').includes(name)))) {
    throw errors.invalid(field, 'is not { day }, { from, to }, { at, durationMinutes? } or null');
  }
  if ('at' in schedule) return timed(schedule.at, schedule.durationMinutes, field);
  const isDay = 'day' in schedule;
  const from = isDay ? checkedDay(schedule.day, `${field}.day`) : checkedDay(schedule.from, `${field}.from`);
  const to = isDay ? from : checkedDay(schedule.to, `${field}.to`);
  if (to.timeZone !== from.timeZone) throw errors.invalid(`${field}.to.timeZone`, "is not from's time zone");
  if (to.date < from.date) throw errors.invalid(`${field}.to`, 'is before from');
  return { startDate: from, dueDate: to };
}

function checkedDay(day: CalendarDay, field: string): CalendarDay {
  if (!isObject(day) || !isCalendarDay(day)) throw errors.invalid(field, 'is not { date, timeZone }');
  toInstant(day, field);
  return day;
}

function timed(at: Date | string, durationMinutes: number | undefined, field: string): GivenDates {
  if (isCalendarDay(at)) throw errors.invalid(`${field}.at`, 'is a day: give { day }');
  const start = toInstant(at, `${field}.at`);
  const startDate = new Date(start);
  if (durationMinutes === undefined) return { startDate };
  if (Number.isFinite(durationMinutes) && durationMinutes >= 0) {
    return { startDate, dueDate: new Date(start + durationMinutes * MINUTE_MS) };
  }
  throw errors.invalid(`${field}.durationMinutes`, 'must be 0 or more');
}
