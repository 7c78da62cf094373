import { formatWireDate } from '../wire-date.ts';
import type { Checkin, Habit, HabitSection, HabitYear } from './habit.ts';

type Dated<T> = Omit<T, 'createdTime' | 'modifiedTime'> & { createdTime: string; modifiedTime: string };

/** A year of check-ins as the API answers it. */
export type SandboxHabitYear = Omit<Dated<HabitYear>, 'checkins'> & { checkins: SandboxCheckin[] };

/** Times are texts, as everywhere in the API. */
export type SandboxCheckin = Omit<Checkin, 'time' | 'opTime'> & { time?: string; opTime?: string };

export function habitToWire(habit: Habit): Dated<Habit> {
  return {
    ...habit,
    createdTime: formatWireDate(habit.createdTime),
    modifiedTime: formatWireDate(habit.modifiedTime),
  };
}

export function sectionToWire(section: HabitSection): Dated<HabitSection> {
  const createdTime = formatWireDate(section.createdTime);
  return { ...section, createdTime, modifiedTime: createdTime };
}

/** With the days from `from` to `to`, both included. */
export function yearToWire(
  year: HabitYear,
  from = 0,
  to: number = Number.POSITIVE_INFINITY,
): SandboxHabitYear {
  return {
    ...year,
    createdTime: formatWireDate(year.createdTime),
    modifiedTime: formatWireDate(year.modifiedTime),
    checkins: [...year.checkins.values()]
      .filter(({ stamp }) => stamp >= from && stamp <= to)
      .map(checkinToWire),
  };
}

function checkinToWire({ time, opTime, ...checkin }: Checkin): SandboxCheckin {
  return {
    ...checkin,
    ...(time !== undefined && { time: formatWireDate(time) }),
    ...(opTime !== undefined && { opTime: formatWireDate(opTime) }),
  };
}
