import { type DateInput, toWireDate } from '../dates/wire-date.ts';
import { checkFields, checkSomeChange, checkText } from '../input/checked-fields.ts';
import { checkedId } from '../input/checked-id.ts';
import { invalid } from '../input/invalid.ts';
import { type Stamp, stampFrom } from './stamp.ts';

/** A habit to create. */
export interface HabitInput {
  /** At most 1,000 characters, as `length` counts them. */
  name: string;
  iconRes?: string;
  color?: string;
  sortOrder?: number;
  status?: number;
  encouragement?: string;
  /** `Boolean`, and others that the documentation does not name. */
  type?: string;
  goal?: number;
  step?: number;
  unit?: string;
  /** `RRULE:FREQ=DAILY;INTERVAL=1` */
  repeatRule?: string;
  reminders?: string[];
  recordEnable?: boolean;
  sectionId?: string;
  targetDays?: number;
  targetStartDate?: Stamp;
  completedCycles?: number;
  exDates?: string[];
  style?: number;
}

/** Changes to a habit. What is left out stays. */
export type HabitChanges = Partial<HabitInput>;

/** A habit's day to note. */
export interface HabitCheckInInput {
  /** The day, in the user's own calendar. */
  stamp: Stamp;
  /** When it was done. */
  time?: DateInput;
  /** When it was noted. */
  opTime?: DateInput;
  /** 1 unless given. */
  value?: number;
  /** 1 unless given. */
  goal?: number;
  status?: number;
}

/** Which check-ins to get: from one day to another, both included. */
export interface HabitCheckInRange {
  habitIds: readonly string[];
  from: Stamp;
  to: Stamp;
}

type Wire = Record<string, unknown>;

const HABIT = {
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

function wire(input: HabitChanges, name: string): Wire {
  checkFields(input, name, HABIT);
  const { sectionId, targetStartDate: start } = input;
  if (input.name !== undefined) checkText(input.name, 'name', 1000);
  if (sectionId !== undefined) checkedId(sectionId, 'sectionId');
  return { ...input, ...(start !== undefined && { targetStartDate: stampFrom(start, 'targetStartDate') }) };
}

/** A new habit in TickTick's form. Throws {@link InvalidRequestError} naming the field. */
export function wireHabit(input: HabitInput): Wire {
  const habit = wire(input, 'habit');
  checkText(input.name, 'name');
  return habit;
}

export function wireHabitChanges(changes: HabitChanges): Wire {
  const changed = wire(changes, 'changes');
  checkSomeChange(changed);
  return changed;
}

export function wireCheckIn(input: HabitCheckInInput): Wire {
  checkFields(input, 'checkIn', { value: 'number', goal: 'number', status: 'number' });
  const { stamp, time, opTime } = input;
  return {
    ...input,
    stamp: stampFrom(stamp, 'stamp'),
    time: toWireDate(time, 'time'),
    opTime: toWireDate(opTime, 'opTime'),
  };
}

/** The range as query. */
export function checkInQuery(range: HabitCheckInRange): { habitIds: string; from: number; to: number } {
  checkFields(range, 'range');
  const { habitIds } = range;
  if (!Array.isArray(habitIds) || habitIds.length === 0) throw invalid('habitIds', 'names no habit');
  const ids = habitIds.map((id, index) => checkedId(id, `habitIds[${index}]`));
  const from = stampFrom(range.from, 'from');
  const to = stampFrom(range.to, 'to');
  if (to < from) throw invalid('to', 'is before from');
  return { habitIds: ids.join(','), from, to };
}
