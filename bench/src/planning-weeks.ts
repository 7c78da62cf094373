// How good plans are: 30 weeks with proven optima from CONFORMANCE_DIR, in cost and milliseconds of CPU. Writes docs/images/weeks.svg.
// `CONFORMANCE_DIR=… node --conditions=@context-sdk/source bench/src/planning-weeks.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { planTasks, type TaskPlan } from '@context-sdk/context';
import { drawWeeks, type WeekCosts } from './planning/draw-weeks.ts';

interface Week {
  busy: number[];
  jobs: { duration: number; release: number; due: number; weight: number }[];
  optimum: number;
  edf: number;
}

const SLOT_MINUTES = 30;
const SLOTS_PER_DAY = 16;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const OFFICE = [['09:00', '17:00']] as const;
const WARM_UP = 3;

function startOf(slot: number): Date {
  const day = Math.floor(slot / SLOTS_PER_DAY);
  return new Date(Date.UTC(2026, 10, 30 + day, 9, (slot % SLOTS_PER_DAY) * SLOT_MINUTES));
}

function planned({ busy, jobs }: Week): TaskPlan {
  return planTasks({
    tasks: jobs.map(({ duration, release, due, weight }, index) => ({
      id: String(index),
      durationMinutes: duration * SLOT_MINUTES,
      earliest: startOf(release),
      due: startOf(due),
      weight,
      minPieceMinutes: 2 * SLOT_MINUTES,
    })),
    busy: busy.map((slot) => ({
      start: startOf(slot),
      end: new Date(startOf(slot).getTime() + SLOT_MINUTES * 60_000),
    })),
    from: startOf(0),
    to: startOf(DAYS.length * SLOTS_PER_DAY),
    workingHours: Object.fromEntries(DAYS.map((day) => [day, OFFICE])),
    timeZone: 'UTC',
  });
}

function costOf({ late, unplaced }: TaskPlan, { jobs }: Week): number {
  const costs = [...late, ...unplaced].map(
    ({ taskId, minutes }) => (minutes / SLOT_MINUTES) * (jobs[Number(taskId)]?.weight ?? 0),
  );
  return costs.reduce((sum, cost) => sum + cost, 0);
}

const folder = process.env['CONFORMANCE_DIR'];
if (folder === undefined)
  throw new Error('Set CONFORMANCE_DIR: the weeks are in its fixtures/planning/weeks.json.');
const { weeks }: { weeks: Week[] } = JSON.parse(
  readFileSync(`${folder}/fixtures/planning/weeks.json`, 'utf8'),
);

for (const week of weeks.slice(0, WARM_UP)) planned(week);
const times: number[] = [];
const costs = weeks.map((week): WeekCosts => {
  const before = process.cpuUsage();
  const plan = planned(week);
  times.push(process.cpuUsage(before).user / 1000);
  return { optimum: week.optimum, planned: costOf(plan, week), edf: week.edf };
});
const sumOf = (name: keyof WeekCosts): number => costs.reduce((sum, week) => sum + week[name], 0);
const sorted = times.toSorted((one, other) => one - other);
console.log(`| ${weeks.length} weeks | cost |`);
console.log('| --- | --- |');
console.log(`| earliest due first | ${sumOf('edf')} |`);
console.log(`| planTasks | ${sumOf('planned')} |`);
console.log(`| optimum | ${sumOf('optimum')} |`);
console.log(
  `planTasks: ${sorted[Math.floor(sorted.length / 2)]?.toFixed(1)} ms of CPU a week (median), ${sorted.at(-1)?.toFixed(1)} ms at most`,
);
writeFileSync(new URL('../../docs/images/weeks.svg', import.meta.url), drawWeeks(costs));
