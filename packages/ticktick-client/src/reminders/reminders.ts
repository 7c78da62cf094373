import {
  checkedTimeZone,
  checkOptions,
  dayOf,
  instantOfClock,
  isDay,
  isTimeZone,
  MINUTE_MS,
  offsetAt,
  startOfDay,
} from '@context-sdk/oauth-core/client-kit';
import { type TaskDates, taskTimes } from '../dates/task-dates.ts';
import { errors } from '../errors.ts';
import { checkFields } from '../input.ts';

const HOUR_MINUTES = 60;
const DAY_MINUTES = 24 * HOUR_MINUTES;
/** So that the sum of minutes is exact. */
const MAX_AMOUNT = 1_000_000_000;

/** How long before a task begins. What is absent is 0. */
export interface TimeBefore {
  days?: number | undefined;
  hours?: number | undefined;
  minutes?: number | undefined;
}

/** When a task reminds: so many minutes before it begins, or, of an all-day task, at a time of the clock. */
export type Reminder =
  | { kind: 'before'; minutes: number; /** Before the end instead. */ ofEnd?: true }
  | { kind: 'at'; time: string; daysBefore: number; /** Before the last day instead. */ ofEnd?: true };

/** `TRIGGER:-PT90M`: RFC 5545 §3.8.6.3, as TickTick's apps write it. */
function before(minutes: number): string {
  return minutes === 0 ? 'TRIGGER:PT0S' : `TRIGGER:-PT${minutes}M`;
}

/**
 * A reminder so long before a task begins, for `reminders` of a task with a time: `remindBefore({ minutes: 15 })`. Throws
 * {@link InvalidRequestError} for anything but whole numbers of 0 or more.
 */
export function remindBefore(time: TimeBefore): string {
  checkFields(time, 'time');
  checkOptions(time, { days: 'number', hours: 'number', minutes: 'number' }, errors.invalid);
  const { days = 0, hours = 0, minutes = 0 } = time;
  for (const [field, value] of Object.entries({ days, hours, minutes })) {
    if (!Number.isSafeInteger(value) || value < 0 || value > MAX_AMOUNT)
      throw errors.invalid(field, 'must be a whole number, 0 or more');
  }
  return before(days * DAY_MINUTES + hours * HOUR_MINUTES + minutes);
}

/**
 * A reminder at a time of the clock, for `reminders` of an all-day task: `remindAt('09:00')`, `remindAt('20:00', { daysBefore:
 * 1 })`. Throws {@link InvalidRequestError}.
 */
export function remindAt(time: string, options?: { daysBefore?: number | undefined } | null): string {
  checkOptions(options, { daysBefore: 'number' }, errors.invalid);
  const daysBefore = options?.daysBefore ?? 0;
  const text = typeof time === 'string' ? time : '';
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (minute === undefined) throw errors.invalid('time', 'is not a time such as 09:00');
  if (!Number.isSafeInteger(daysBefore) || daysBefore < 0) {
    throw errors.invalid('daysBefore', 'must be a whole number, 0 or more');
  }
  const after = Number(hour) * HOUR_MINUTES + Number(minute) - daysBefore * DAY_MINUTES;
  const [days, rest] = [Math.floor(Math.abs(after) / DAY_MINUTES), Math.abs(after) % DAY_MINUTES];
  const clock = `P${days}DT${Math.floor(rest / HOUR_MINUTES)}H${rest % HOUR_MINUTES}M0S`;
  return `TRIGGER:${after < 0 ? '-' : ''}${clock}`;
}

const TRIGGER =
  /^TRIGGER(?:;RELATED=(START|END))?:([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;

interface Trigger {
  /** Minutes after the task begins; negative before it. */
  minutes: number;
  ofEnd: boolean;
}

function parse(trigger: string): Trigger | undefined {
  const found = TRIGGER.exec(trigger.trim());
  if (!found || /[PT]$/i.test(trigger.trim())) return undefined;
  const [, related, sign, ...amounts] = found;
  const [weeks, days, hours, minutes, seconds] = amounts.map((amount) => Number(amount ?? 0));
  const length =
    ((weeks ?? 0) * 7 + (days ?? 0)) * DAY_MINUTES +
    (hours ?? 0) * HOUR_MINUTES +
    (minutes ?? 0) +
    (seconds ?? 0) / 60;
  return { minutes: sign === '-' ? -length : length, ofEnd: related?.toUpperCase() === 'END' };
}

/**
 * Reads one of a task's `reminders`. The same trigger means a time of the clock if the task is all-day, and a time before it
 * begins otherwise. Undefined for anything else than a duration.
 */
export function parseReminder(trigger: string, isAllDay: boolean = false): Reminder | undefined {
  if (typeof trigger !== 'string') throw errors.invalid('trigger', 'is not a string');
  const read = parse(trigger);
  if (read === undefined) return undefined;
  const { minutes, ofEnd } = read;
  if (!isAllDay) return { kind: 'before', minutes: minutes === 0 ? 0 : -minutes, ...(ofEnd && { ofEnd }) };
  const daysBefore = Math.ceil(-minutes / DAY_MINUTES);
  const clock = minutes + daysBefore * DAY_MINUTES;
  const digits = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  const time = `${digits(clock / HOUR_MINUTES)}:${digits(clock % HOUR_MINUTES)}`;
  return { kind: 'at', time, daysBefore: daysBefore === 0 ? 0 : daysBefore, ...(ofEnd && { ofEnd }) };
}

/** The last moment that a `Date` can be. */
const LAST_TIME_MS = 8.64e15;

/** What TickTick sends in place of a list, or of a trigger, is no reminder. */
function remindersOf({ reminders }: { reminders?: unknown }): string[] {
  return Array.isArray(reminders) ? reminders.filter((trigger) => typeof trigger === 'string') : [];
}

/** What the clock shows at an instant, as if in UTC: midnight at the beginning of a day, also where the clocks skip it. */
function clockOfDay(instant: number, timeZone: string): number {
  const day = dayOf(instant, timeZone);
  return isDay(day) && startOfDay(day, timeZone) === instant
    ? Date.parse(`${day}T00:00:00Z`)
    : instant + offsetAt(instant, timeZone);
}

/**
 * When a task reminds a user in this zone, in order. An all-day task reminds at a time of the zone's clocks, also on days when they
 * change, and a floating one at its own time there. Default: the task's zone. Empty without a date; reminders that can't be read are
 * left out.
 */
export function reminderTimes(
  task: TaskDates & { reminders?: readonly string[] | null | undefined },
  timeZone?: string,
): Date[] {
  checkFields(task, 'task');
  const own = isTimeZone(task.timeZone) ? task.timeZone : 'UTC';
  const zone = timeZone === undefined ? own : checkedTimeZone(timeZone, 'timeZone', errors.invalid);
  const { due, start = due } = taskTimes(task, zone);
  if (start === undefined) return [];
  const times = remindersOf(task).flatMap((trigger) => {
    const read = parse(trigger);
    if (read === undefined) return [];
    const from = ((read.ofEnd ? due : start) ?? start).getTime();
    if (!task.isAllDay) return [from + read.minutes * MINUTE_MS];
    return [instantOfClock(clockOfDay(from, own) + read.minutes * MINUTE_MS, zone)];
  });
  return times
    .flatMap((at) => (Math.abs(at) <= LAST_TIME_MS ? [new Date(at)] : []))
    .toSorted((a, b) => +a - +b);
}
