import { addDays, DAY_MS, dayOf, isTimeZone, startOfDay } from '@context-sdk/oauth-core/client-kit';
import { errors } from '../errors.ts';
import { type DateInput, isCalendarDay, toInstant, wireForm } from './date-input.ts';
import { datesOf, type GivenDates, isGiven, type ScheduleInput } from './schedule-input.ts';
import { readWireDate, sameClock, type TaskDates, taskDays } from './task-dates.ts';

type Wire = Record<string, unknown>;

/** Adds the date that a caller left out, so that the task keeps its length. */
function withOther({ startDate, dueDate }: GivenDates, known: TaskDates): GivenDates {
  if (isGiven(dueDate) && !isGiven(startDate)) {
    return { startDate: startDate === null ? dueDate : shifted(dueDate, -1, known), dueDate };
  }
  if (isGiven(startDate) && dueDate === undefined && readWireDate(known.dueDate) !== undefined) {
    return { startDate, dueDate: shifted(startDate, 1, known) };
  }
  return { startDate, dueDate };
}

/** The task, with a zone in which its dates can be read. */
function inOwnZone(task: TaskDates, otherwise: string | undefined): TaskDates {
  return isTimeZone(task.timeZone) ? task : { ...task, timeZone: otherwise };
}

/** The date so far from the given one as the known task is long. */
function shifted(given: DateInput, direction: number, known: TaskDates): DateInput {
  if (isCalendarDay(given)) {
    const days = known.isAllDay ? taskDays(inOwnZone(known, given.timeZone)) : undefined;
    const length = days ? (Date.parse(days.last) - Date.parse(days.first)) / DAY_MS : 0;
    return length === 0 ? given : { ...given, date: addDays(given.date, direction * length) };
  }
  const start = readWireDate(known.startDate);
  const due = readWireDate(known.dueDate);
  const length = known.isAllDay || start === undefined || due === undefined ? 0 : Math.max(0, due - start);
  return new Date(toInstant(given, 'dueDate') + direction * length);
}

function zoneOf(
  { startDate, dueDate }: GivenDates,
  timeZone: string | undefined,
  at: string,
): string | undefined {
  const zones = [startDate, dueDate].flatMap((date) => (date && isCalendarDay(date) ? [date.timeZone] : []));
  const [zone = timeZone] = zones;
  if ([...zones, timeZone ?? zone].some((other) => other !== zone)) {
    throw errors.invalid(`${at}timeZone`, 'is not the same for both dates');
  }
  return zone;
}

/** What a new zone, or the change between days and times, makes of the dates that a task has. */
function sameDates(input: ScheduleInput, known: TaskDates): GivenDates {
  const start = readWireDate(known.startDate);
  const due = readWireDate(known.dueDate);
  const zone = input.timeZone ?? (isTimeZone(known.timeZone) ? known.timeZone : undefined);
  const days = taskDays(inOwnZone(known, zone));
  if (days === undefined) return {};
  if (input.isAllDay ?? known.isAllDay) {
    if (zone === undefined) return {};
    const ends = { first: { date: days.first, timeZone: zone }, last: { date: days.last, timeZone: zone } };
    return { startDate: ends.first, dueDate: ends.last };
  }
  const moved = (at: number | undefined): Date | undefined => {
    if (at === undefined) return undefined;
    const floats = known.isFloating && zone !== undefined;
    // What floats is where its clock shows the time.
    return new Date(floats ? sameClock(at, isTimeZone(known.timeZone) ? known.timeZone : 'UTC', zone) : at);
  };
  return { startDate: moved(start), dueDate: moved(due) };
}

const GROUP = ['startDate', 'dueDate', 'timeZone', 'isAllDay'] as const;

/** Whether changes are a changed copy of a task, by what only such a copy has. */
export function isCopy(changes: object): boolean {
  return ['id', 'projectId', 'etag'].some((name) => Object.hasOwn(changes, name));
}

function isUsable(name: (typeof GROUP)[number], value: unknown): boolean {
  if (name === 'timeZone') return isTimeZone(value);
  return name === 'isAllDay' || (typeof value === 'string' && readWireDate(value) !== undefined);
}

/**
 * What is asked for. Of a changed copy of the task, that is what differs. Whoever names single fields means each of them, also
 * those that stay; but what stays as TickTick gave it is not refused.
 */
function changed(input: ScheduleInput, known: TaskDates): ScheduleInput {
  const same = (name: (typeof GROUP)[number]): boolean =>
    input[name] === known[name] || (input[name] === null && known[name] === undefined);
  const differs = GROUP.some((name) => input[name] !== undefined && !same(name));
  const isMeant = !isCopy(input) && (differs || input.schedule !== undefined);
  const kept = GROUP.filter((name) => !same(name) || (isMeant && isUsable(name, input[name])));
  return { schedule: input.schedule, ...Object.fromEntries(kept.map((name) => [name, input[name]])) };
}

function isMidnight(instant: number, zone: string): boolean {
  return startOfDay(dayOf(instant, zone), zone) === instant;
}

/** The midnights of an all-day task that stays one, as its days. A span is due at the midnight after its last day. */
function asDays(given: GivenDates, known: TaskDates): GivenDates {
  const { timeZone } = known;
  const hasDays = Object.values(given).some((date) => isGiven(date) && isCalendarDay(date));
  if (hasDays || !isTimeZone(timeZone)) return given;
  const start = isGiven(given.startDate) ? toInstant(given.startDate, 'startDate') : undefined;
  const due = isGiven(given.dueDate) ? toInstant(given.dueDate, 'dueDate') : undefined;
  const instants = [start, due].filter((instant) => instant !== undefined);
  if (instants.length === 0 || !instants.every((instant) => isMidnight(instant, timeZone))) return given;
  const days = taskDays(known);
  const isSpan = start === undefined || due === undefined ? days?.first !== days?.last : due > start;
  return {
    startDate: start === undefined ? given.startDate : { date: dayOf(start, timeZone), timeZone },
    dueDate: due === undefined ? given.dueDate : { date: dayOf(isSpan ? due - 1 : due, timeZone), timeZone },
  };
}

function checkAllDay(
  { isAllDay, isDay }: { isAllDay: boolean | undefined; isDay: boolean },
  instants: readonly number[],
  zone: string | undefined,
  at: string,
): void {
  if (isDay && isAllDay === false) throw errors.invalid(`${at}isAllDay`, 'is false, but the dates are days');
  if (!isDay && isAllDay && !instants.every((instant) => zone !== undefined && isMidnight(instant, zone))) {
    throw errors.invalid(`${at}isAllDay`, 'is true, but a date is a time: give { date, timeZone }');
  }
}

/**
 * The dates of an input in TickTick's form: start, due, `isAllDay` and zone as one group, since TickTick keeps what it is not
 * sent (docs/facts/ticktick.md, Dates). `known` is the task as it was. Throws {@link InvalidRequestError} for a due date
 * before the start, two zones, or a time beside a day.
 */
export function wireSchedule(whole: ScheduleInput, at: string, known?: TaskDates): Wire {
  const input = known === undefined ? whole : changed(whole, known);
  const given = datesOf(input, at);
  const staysAllDay = known?.isAllDay === true && whole.isAllDay === true && input.schedule === undefined;
  const asked = staysAllDay ? asDays(given, known) : given;
  const isAsked = asked.startDate !== undefined || asked.dueDate !== undefined;
  const isOtherwise = known !== undefined && (input.isAllDay !== undefined || input.timeZone !== undefined);
  if (!isAsked && !isOtherwise) return {};
  if (asked.dueDate === null && !isGiven(asked.startDate)) return { startDate: null, dueDate: null };
  return group(isAsked ? asked : sameDates(input, known ?? {}), input, at, known);
}

function group(asked: GivenDates, input: ScheduleInput, at: string, known: TaskDates | undefined): Wire {
  // Without its start, a task is when it is due.
  const isStartless = asked.startDate === null && asked.dueDate === undefined;
  const given = isStartless ? { ...asked, dueDate: sameDates(input, known ?? {}).dueDate } : asked;
  const { startDate, dueDate = input.schedule && startDate } = withOther(given, known ?? {});
  if (!isGiven(startDate) && !isGiven(dueDate)) return startDate === null ? { startDate: null } : {};
  const isDay = [startDate, dueDate].some((date) => date && isCalendarDay(date));
  if (isDay && startDate && dueDate && isCalendarDay(startDate) !== isCalendarDay(dueDate)) {
    throw errors.invalid(`${at}dueDate`, 'and startDate must both be days, or both be times');
  }
  const timeZone = zoneOf({ startDate, dueDate }, input.timeZone, at) ?? (known?.timeZone || undefined);
  const start = isGiven(startDate) ? toInstant(startDate, `${at}startDate`) : undefined;
  const due = isGiven(dueDate) ? toInstant(dueDate, `${at}dueDate`) : undefined;
  if (start !== undefined && due !== undefined && due < start) {
    throw errors.invalid(`${at}dueDate`, 'is before startDate');
  }
  const instants = [start, due].filter((instant) => instant !== undefined);
  checkAllDay({ isAllDay: input.isAllDay, isDay }, instants, timeZone, at);
  const isSpan = start !== undefined && due !== undefined && due > start;
  return {
    ...(start !== undefined && { startDate: wireForm(start) }),
    ...(due !== undefined && { dueDate: wireForm(isSpan ? endOf(dueDate, due) : due) }),
    ...(dueDate === null && { dueDate: null }),
    ...((isDay || known) && { isAllDay: input.isAllDay ?? isDay }),
    ...(timeZone !== undefined && { timeZone }),
  };
}

/** TickTick ends an all-day span with the midnight after its last day. */
function endOf(dueDate: DateInput | null | undefined, due: number): number {
  return isGiven(dueDate) && isCalendarDay(dueDate)
    ? startOfDay(addDays(dueDate.date, 1), dueDate.timeZone)
    : due;
}
