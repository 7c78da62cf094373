import type { JsonObject } from '../../json.ts';
import type { AccountData } from '../account-data.ts';
import { readDate, readNumber, required } from '../read-json.ts';
import type { Checkin, Habit, HabitYear } from './habit.ts';

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
