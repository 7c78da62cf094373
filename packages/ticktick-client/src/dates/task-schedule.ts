import { addDays, DAY_MS, MINUTE_MS, startOfDay } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../errors.ts';
import { type CalendarDay, type DateInput, isCalendarDay, toInstant, wireForm } from './date-input.ts';
import { readWireDate, type TaskDates, taskDays } from './task-dates.ts';

/** When a task is: a day, the days from one to another, both included, a time, or `null` for never. */
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

/** Also for an empty text, which the check of instants refuses. */
function isGiven(date: DateInput | null | undefined): date is DateInput {
  return date !== undefined && date !== null;
}

type Wire = Record<string, unknown>;
type Dates = Pick<ScheduleInput, 'startDate' | 'dueDate'>;

function datesOf({ schedule, startDate, dueDate }: ScheduleInput, at: string): Dates {
  if (schedule === undefined) return { startDate, dueDate };
  if (startDate !== undefined || dueDate !== undefined) {
    throw errors.invalid(`${at}schedule`, 'excludes startDate and dueDate');
  }
  if (schedule === null) return { startDate: null, dueDate: null };
  if ('day' in schedule) return { startDate: schedule.day, dueDate: schedule.day };
  if ('from' in schedule) return { startDate: schedule.from, dueDate: schedule.to };
  const start = toInstant(schedule.at, `${at}schedule.at`);
  const end = new Date(start + (schedule.durationMinutes ?? 0) * MINUTE_MS);
  return { startDate: new Date(start), dueDate: end };
}

/** Adds the date that a caller left out, so that the task keeps its length. */
function withOther({ startDate, dueDate }: Dates, known: TaskDates | undefined): Dates {
  const given = startDate ?? dueDate;
  if (!isGiven(given) || (startDate !== undefined && dueDate !== undefined)) return { startDate, dueDate };
  const direction = startDate === undefined ? -1 : 1;
  const other = known && shifted(given, direction, known);
  if (direction < 0) return { startDate: other ?? given, dueDate };
  return { startDate, dueDate: other };
}

function shifted(given: DateInput, direction: number, known: TaskDates): DateInput | undefined {
  if (isCalendarDay(given)) {
    const days = known.isAllDay ? taskDays(known) : undefined;
    const length = days ? (Date.parse(days.last) - Date.parse(days.first)) / DAY_MS : 0;
    return { ...given, date: addDays(given.date, direction * length) };
  }
  const start = readWireDate(known.startDate);
  const due = readWireDate(known.dueDate);
  if (direction > 0 && due === undefined) return undefined;
  const length = known.isAllDay || start === undefined || due === undefined ? 0 : due - start;
  return new Date(toInstant(given, 'dueDate') + direction * length);
}

function zoneOf({ startDate, dueDate }: Dates, timeZone: string | undefined, at: string): string | undefined {
  const zones = [startDate, dueDate].flatMap((date) => (date && isCalendarDay(date) ? [date.timeZone] : []));
  const [zone = timeZone] = zones;
  if ([...zones, timeZone ?? zone].some((other) => other !== zone)) {
    throw errors.invalid(`${at}timeZone`, 'is not the same for both dates');
  }
  return zone;
}

/**
 * The dates of an input in TickTick's form: start, due, `isAllDay` and zone as one group, since TickTick keeps what it is not
 * sent (docs/facts/ticktick.md, Dates). `known` is the task as it was. Throws {@link InvalidRequestError} for a due date
 * before the start, two zones, or a time beside a day.
 */
export function wireSchedule(input: ScheduleInput, at: string, known?: TaskDates): Wire {
  const given = datesOf(input, at);
  if (given.startDate === undefined && given.dueDate === undefined) return {};
  if (given.dueDate === null && !isGiven(given.startDate)) return { startDate: null, dueDate: null };
  const startAt = isGiven(given.startDate) ? toInstant(given.startDate, `${at}startDate`) : undefined;
  if (isGiven(given.dueDate)) toInstant(given.dueDate, `${at}dueDate`);
  const { startDate, dueDate } = withOther(given, known);
  const isDay = [startDate, dueDate].some((date) => date && isCalendarDay(date));
  if (isDay && startDate && dueDate && isCalendarDay(startDate) !== isCalendarDay(dueDate)) {
    throw errors.invalid(`${at}dueDate`, 'and startDate must both be days, or both be times');
  }
  const timeZone = zoneOf({ startDate, dueDate }, input.timeZone, at) ?? known?.timeZone;
  const start = startAt ?? (startDate ? toInstant(startDate, `${at}startDate`) : undefined);
  const due = dueDate ? toInstant(dueDate, `${at}dueDate`) : undefined;
  if (start !== undefined && due !== undefined && due < start) {
    throw errors.invalid(`${at}dueDate`, 'is before startDate');
  }
  const isSpan = isDay && start !== undefined && due !== undefined && due > start;
  return {
    ...(startDate !== undefined && { startDate: start === undefined ? null : wireForm(start) }),
    ...(dueDate !== undefined && {
      dueDate: due === undefined ? null : wireForm(isSpan ? nextDay(dueDate) : due),
    }),
    ...((isDay || known) && { isAllDay: input.isAllDay ?? isDay }),
    ...(timeZone && { timeZone }),
  };
}

/** TickTick ends an all-day span with the midnight after its last day. */
function nextDay(day: DateInput | null): number {
  return day && isCalendarDay(day) ? startOfDay(addDays(day.date, 1), day.timeZone) : Number.NaN;
}
