import { checkOptions, isDay, type OptionTypes } from '@context-sdk/oauth-core/client-kit';
import { type DateInput, toWireDate } from '../dates/date-input.ts';
import { errors } from '../errors.ts';
import { checkedId, checkFields, checkSomeChange, checkText } from '../input.ts';

/** A calendar day: TickTick's number `20260407`, or `2026-04-07`. */
export type HabitStamp = number | string;

/** A habit to create. */
export interface HabitInput {
  /** At most 1,000 characters, as `length` counts them. */
  name: string;
  iconRes?: string | undefined;
  color?: string | undefined;
  sortOrder?: number | undefined;
  status?: number | undefined;
  encouragement?: string | undefined;
  /** `Boolean`, or another type that the documentation does not name. */
  type?: string | undefined;
  goal?: number | undefined;
  step?: number | undefined;
  unit?: string | undefined;
  /** `RRULE:FREQ=DAILY;INTERVAL=1` */
  repeatRule?: string | undefined;
  reminders?: readonly string[] | undefined;
  recordEnable?: boolean | undefined;
  sectionId?: string | undefined;
  targetDays?: number | undefined;
  targetStartDate?: HabitStamp | undefined;
  completedCycles?: number | undefined;
  exDates?: readonly string[] | undefined;
  style?: number | undefined;
}

/** Changes to a habit. Other fields stay as they are. */
export type HabitChanges = { [Name in keyof HabitInput]?: HabitInput[Name] | undefined };

/** A day of a habit to check in. */
export interface HabitCheckInInput {
  /** The day, in the user's own calendar. */
  stamp: HabitStamp;
  /** When it was done. */
  time?: DateInput | undefined;
  /** When it was entered. */
  opTime?: DateInput | undefined;
  /** Default: 1. */
  value?: number | undefined;
  /** Default: 1. */
  goal?: number | undefined;
  status?: number | undefined;
}

/** The check-ins to get: from one day to another, both included. */
export interface HabitCheckInRange {
  habitIds: readonly string[];
  from: HabitStamp;
  to: HabitStamp;
}

type Wire = Record<string, unknown>;

/** The day as TickTick's number. Throws {@link InvalidRequestError} if the calendar doesn't have it. */
function wireStamp(stamp: HabitStamp, field: string): number {
  const day = typeof stamp === 'number' ? String(stamp).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3') : stamp;
  if (!isDay(day)) throw errors.invalid(field, 'is not a day: give 20260407 or 2026-04-07');
  return Number(day.replaceAll('-', ''));
}

const HABIT_TYPES = {
  iconRes: 'string',
  color: 'string',
  sortOrder: 'number',
  status: 'number',
  encouragement: 'string',
  type: 'string',
  goal: 'number',
  step: 'number',
  unit: 'string',
  repeatRule: 'string',
  reminders: 'string[]',
  recordEnable: 'boolean',
  targetDays: 'number',
  completedCycles: 'number',
  exDates: 'string[]',
  style: 'number',
} as const;

function wireFields(input: HabitChanges, name: string): Wire {
  checkFields(input, name, HABIT_TYPES);
  const { sectionId, targetStartDate } = input;
  if (input.name !== undefined) checkText(input.name, 'name', 1000);
  if (sectionId !== undefined) checkedId(sectionId, 'sectionId');
  if (targetStartDate === undefined) return { ...input };
  return { ...input, targetStartDate: wireStamp(targetStartDate, 'targetStartDate') };
}

/** A new habit in TickTick's form. Throws {@link InvalidRequestError} naming the field. */
export function wireHabit(input: HabitInput): Wire {
  const habit = wireFields(input, 'habit');
  checkText(input.name, 'name');
  return habit;
}

export function wireHabitChanges(changes: HabitChanges): Wire {
  const changed = wireFields(changes, 'changes');
  checkSomeChange(changed);
  return changed;
}

export function wireCheckIn(input: HabitCheckInInput): Wire {
  checkFields(input, 'checkIn', { value: 'number', goal: 'number', status: 'number' });
  const { stamp, time, opTime } = input;
  return {
    ...input,
    stamp: wireStamp(stamp, 'stamp'),
    time: toWireDate(time, 'time'),
    opTime: toWireDate(opTime, 'opTime'),
  };
}

/** A name that is none would narrow nothing. */
const RANGE: OptionTypes<HabitCheckInRange> = {
  habitIds: 'list',
  from: 'number|string',
  to: 'number|string',
};

/** The range as query. */
export function checkInQuery(range: HabitCheckInRange): { habitIds: string; from: number; to: number } {
  checkFields(range, 'range');
  checkOptions(range, RANGE, errors.invalid, 'range');
  const { habitIds } = range;
  if (!Array.isArray(habitIds) || habitIds.length === 0) throw errors.invalid('habitIds', 'names no habit');
  const ids = habitIds.map((id, index) => checkedId(id, `habitIds[${index}]`));
  const from = wireStamp(range.from, 'from');
  const to = wireStamp(range.to, 'to');
  if (to < from) throw errors.invalid('to', 'is before from');
  return { habitIds: ids.join(','), from, to };
}
