import { readFileSync } from 'node:fs';
import { planTasks, type TaskPlan } from '@context-sdk/context';
import { describe, expect, test } from 'vitest';

interface Week {
  busy: number[];
  jobs: { duration: number; release: number; due: number; weight: number }[];
  optimum: number;
}

const SLOTS_PER_DAY = 16;
const folder = process.env['CONFORMANCE_DIR'];

/** The start of a slot of half an hour: five days from a Monday at 09:00. */
function startOf(slot: number): Date {
  const day = Math.floor(slot / SLOTS_PER_DAY);
  return new Date(Date.UTC(2026, 10, 30 + day, 9, (slot % SLOTS_PER_DAY) * 30));
}

function planned({ busy, jobs }: Week): TaskPlan {
  return planTasks({
    tasks: jobs.map(({ duration, release, due, weight }, index) => ({
      id: `${index}`,
      durationMinutes: duration * 30,
      earliest: startOf(release),
      due: startOf(due),
      weight,
      minPieceMinutes: 60,
    })),
    busy: busy.map((slot) => ({
      start: startOf(slot),
      end: new Date(startOf(slot).getTime() + 30 * 60_000),
    })),
    from: startOf(0),
    to: startOf(80),
    workingHours: Object.fromEntries(
      ['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]]),
    ),
    timeZone: 'UTC',
  });
}

function costOf({ late, unplaced }: TaskPlan, { jobs }: Week): number {
  const costs = [...late, ...unplaced].map(
    ({ taskId, minutes }) => minutes * (jobs[Number(taskId)]?.weight ?? 0),
  );
  return costs.reduce((sum, each) => sum + each, 0) / 30;
}

describe.skipIf(folder === undefined)('weeks with proven optima (skipped without CONFORMANCE_DIR)', () => {
  const { weeks } = JSON.parse(
    folder === undefined ? '{}' : readFileSync(`${folder}/fixtures/planning/weeks.json`, 'utf8'),
  ) as { weeks: Week[] };

  test('costs at most a tenth more than the optimum over all weeks', () => {
    const cost = weeks.reduce((sum, week) => sum + costOf(planned(week), week), 0);
    const optimum = weeks.reduce((sum, week) => sum + week.optimum, 0);
    expect({ weeks: weeks.length, optimum }).toEqual({ weeks: 30, optimum: 573 });
    expect(cost).toBeLessThanOrEqual(1.1 * optimum);
    expect(cost).toBeGreaterThanOrEqual(optimum);
  });

  test('has nothing late in a week that fits', () => {
    const fitting = weeks.filter(({ optimum }) => optimum === 0);
    expect(fitting.length).toBeGreaterThan(0);
    for (const week of fitting) expect(planned(week)).toMatchObject({ late: [], unplaced: [] });
  });

  test('makes the same plan of the same input', () => {
    for (const week of weeks.slice(-3)) expect(planned(week)).toEqual(planned(week));
  });
});
