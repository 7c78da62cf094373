// How good plans are for weeks that nothing was tuned on: random weeks from a seed, beside optima that HiGHS proves. With CONFORMANCE_DIR,
// first compares the program with the proven optima there. `node --conditions=@context-sdk/source bench/src/planning-fresh.ts [weeks] [seed]`.
import { readFileSync } from 'node:fs';
import loadHighs from 'highs';
import { exactCost } from './planning/exact-cost.ts';
import { freshWeek, randomFrom } from './planning/fresh-week.ts';
import { costOf, planned, type Week } from './planning/week.ts';

const LOADS = [0.7, 0.95, 1.1];
const MOST = 1.1;

const [count = 30, seed = Date.now() % 1_000_000] = process.argv.slice(2).map(Number);
const solver = await loadHighs();

const folder = process.env['CONFORMANCE_DIR'];
if (folder !== undefined) {
  const text = readFileSync(`${folder}/fixtures/planning/weeks.json`, 'utf8');
  const { weeks }: { weeks: (Week & { optimum: number })[] } = JSON.parse(text);
  for (const week of weeks.slice(0, 5)) {
    const cost = exactCost(solver, week);
    if (cost !== week.optimum) throw new Error(`The program finds ${cost} where ${week.optimum} is proven.`);
  }
}

const random = randomFrom(seed);
// Without a cost, as the first weeks run before anything is compiled.
for (let warmUp = 0; warmUp < 3; warmUp += 1) planned(freshWeek(randomFrom(warmUp), 1.1));
const costs: { load: number; cost: number; optimum: number; ms: number }[] = [];
for (let index = 0; index < count; index += 1) {
  const load = LOADS[index % LOADS.length] ?? 1;
  const week = freshWeek(random, load);
  const before = process.cpuUsage();
  const plan = planned(week);
  const ms = process.cpuUsage(before).user / 1000;
  const optimum = exactCost(solver, week);
  if (optimum !== undefined) costs.push({ load, cost: costOf(plan, week), optimum, ms });
}

const sumOf = (name: 'cost' | 'optimum', of: typeof costs): number =>
  of.reduce((sum, each) => sum + each[name], 0);
console.log(`| seed ${seed} | weeks | planTasks | optimum | ratio | ms of CPU at most |`);
console.log('| --- | --: | --: | --: | --: | --: |');
for (const load of LOADS)
  printRow(
    `load ${load}`,
    costs.filter((each) => each.load === load),
  );
printRow('all', costs);
if (costs.length < count) console.log(`${count - costs.length} weeks were too hard for the solver.`);
if (sumOf('cost', costs) > MOST * sumOf('optimum', costs)) process.exitCode = 1;

function printRow(name: string, of: typeof costs): void {
  const [cost, optimum] = [sumOf('cost', of), sumOf('optimum', of)];
  const worst = Math.max(...of.map(({ ms }) => ms)).toFixed(1);
  console.log(
    `| ${name} | ${of.length} | ${cost} | ${optimum} | ${(cost / optimum).toFixed(3)} | ${worst} |`,
  );
}
