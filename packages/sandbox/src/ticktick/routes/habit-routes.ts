import {
  type ApiCall,
  type ApiRoute,
  notFound,
  pathParam,
  reading,
  unknownException,
  writing,
} from '../api-call.ts';
import { applyHabitInput, checkIn, createHabit } from '../habits/habit-input.ts';
import { habitToWire, type SandboxHabitYear, sectionToWire, yearToWire } from '../habits/habit-to-wire.ts';
import type { Habit } from '../habits/habit.ts';
import { readObject } from '../read-json.ts';

/** Habits, their sections and check-ins. Known from the documentation only. */
export const HABIT_ROUTES: readonly ApiRoute[] = [
  reading('habit.sections', 'GET /habit/sections', ({ data }) =>
    [...data.habitSections.values()].map(sectionToWire),
  ),
  reading('habit.checkins', 'GET /habit/checkins', checkins),
  reading('habit.list', 'GET /habit', ({ data }) => [...data.habits.values()].map(habitToWire)),
  reading('habit.get', 'GET /habit/{habitId}', (call) => habitToWire(habitOf(call))),
  writing('habit.create', 'POST /habit', ({ data, body }) =>
    habitToWire(createHabit(data, readObject(body))),
  ),
  writing('habit.update', 'POST /habit/{habitId}', update),
  writing('habit.checkin', 'POST /habit/{habitId}/checkin', (call) =>
    yearToWire(checkIn(call.data, habitOf(call), readObject(call.body))),
  ),
];

function checkins({ data, query }: ApiCall): SandboxHabitYear[] {
  const habitIds = (query.get('habitIds') ?? '').split(',');
  const from = stampParam(query, 'from');
  const to = stampParam(query, 'to');
  return [...data.habitYears.values()]
    .filter(({ habitId }) => habitIds.includes(habitId))
    .map((year) => yearToWire(year, from, to))
    .filter((year) => year.checkins.length > 0);
}

function update(call: ApiCall): object {
  const habit = habitOf(call);
  applyHabitInput(call.data, habit, readObject(call.body));
  return habitToWire(habit);
}

function habitOf(call: ApiCall): Habit {
  const habit = call.data.habits.get(pathParam(call, 'habitId'));
  if (!habit) throw notFound();
  return habit;
}

function stampParam(query: URLSearchParams, name: string): number {
  const stamp = query.get(name) ?? '';
  if (!/^\d{8}$/.test(stamp)) throw unknownException();
  return Number(stamp);
}
