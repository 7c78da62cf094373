import type { JsonObject } from '../../json.ts';
import { toWallTime } from '../../time/zoned-time.ts';
import type { AccountData } from '../account-data.ts';
import {
  readBoolean,
  readDate,
  readNumber,
  readString,
  readStrings,
  required,
  truncate,
} from '../read-json.ts';
import type { Checkin, Habit, HabitYear } from './habit.ts';

const TEXTS = ['iconRes', 'color', 'encouragement', 'type', 'unit', 'repeatRule'] as const;
const NUMBERS = ['sortOrder', 'status', 'goal', 'step', 'targetDays', 'targetStartDate'] as const;

export function createHabit(data: AccountData, body: JsonObject): Habit {
  const now = data.now();
  const habit: Habit = {
    id: data.newId(),
    createdTime: now,
    name: required(readString(body, 'name')),
    iconRes: 'habit_daily_check_in',
    color: '#97E38B',
    sortOrder: 0,
    status: 0,
    encouragement: '',
    totalCheckIns: 0,
    modifiedTime: now,
    type: 'Boolean',
    goal: 1,
    step: 1,
    unit: 'Count',
    etag: data.newEtag(),
    repeatRule: 'RRULE:FREQ=DAILY;INTERVAL=1',
    reminders: [],
    recordEnable: false,
    sectionId: undefined,
    targetDays: 0,
    targetStartDate: stampOf(now, data.account.timeZone),
    completedCycles: 0,
    exDates: [],
    style: 0,
  };
  applyHabitInput(data, habit, body);
  data.habits.set(habit.id, habit);
  return habit;
}

/** Merges: missing fields keep their values. */
export function applyHabitInput(data: AccountData, habit: Habit, body: JsonObject): void {
  habit.name = truncate(readString(body, 'name') ?? habit.name, 1000);
  for (const key of TEXTS) habit[key] = readString(body, key) ?? habit[key];
  for (const key of NUMBERS) habit[key] = readNumber(body, key) ?? habit[key];
  habit.reminders = readStrings(body, 'reminders') ?? habit.reminders;
  habit.recordEnable = readBoolean(body, 'recordEnable') ?? habit.recordEnable;
  habit.sectionId = readString(body, 'sectionId') ?? habit.sectionId;
  habit.modifiedTime = data.now();
  habit.etag = data.newEtag();
}

/** The calendar day as YYYYMMDD. */
function stampOf(instant: number, timeZone: string): number {
  return Number(new Date(toWallTime(instant, timeZone)).toISOString().slice(0, 10).replaceAll('-', ''));
}

/** Notes a day of a habit, in place of what the day had. Gives the year that the day is in. */
export function checkIn(data: AccountData, habit: Habit, body: JsonObject): HabitYear {
  const stamp = required(readNumber(body, 'stamp'));
  const value = readNumber(body, 'value') ?? 1;
  const goal = readNumber(body, 'goal') ?? 1;
  const checkin: Checkin = {
    id: data.newId(),
    stamp,
    time: readDate(body, 'time'),
    opTime: readDate(body, 'opTime') ?? data.now(),
    value,
    goal,
    status: readNumber(body, 'status') ?? (value >= goal ? 2 : 0),
  };
  const year = yearOf(data, habit, Math.floor(stamp / 10_000));
  if (!year.checkins.has(stamp)) habit.totalCheckIns += 1;
  year.checkins.set(stamp, checkin);
  year.modifiedTime = data.now();
  year.etag = data.newEtag();
  return year;
}

function yearOf(data: AccountData, habit: Habit, year: number): HabitYear {
  const key = `${habit.id}/${year}`;
  const found = data.habitYears.get(key);
  if (found) return found;
  const now = data.now();
  const created: HabitYear = {
    id: data.newId(),
    habitId: habit.id,
    year,
    createdTime: now,
    modifiedTime: now,
    etag: data.newEtag(),
    checkins: new Map(),
  };
  data.habitYears.set(key, created);
  return created;
}
