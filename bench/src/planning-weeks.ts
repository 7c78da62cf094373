// How good plans are: 30 weeks with proven optima from CONFORMANCE_DIR, in cost and milliseconds of CPU. Writes docs/images/weeks.svg.
// `CONFORMANCE_DIR=… node --conditions=@context-sdk/source bench/src/planning-weeks.ts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { drawWeeks, type WeekCosts } from './planning/draw-weeks.ts';
import { costOf, planned, type Week } from './planning/week.ts';

/** A week whose optimum is proven, with the cost of earliest due first. */
interface KnownWeek extends Week {
  optimum: number;
  edf: number;
}

const WARM_UP = 3;

const folder = process.env['CONFORMANCE_DIR'];
if (folder === undefined)
  throw new Error('Set CONFORMANCE_DIR: the weeks are in its fixtures/planning/weeks.json.');
const { weeks }: { weeks: KnownWeek[] } = JSON.parse(
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
