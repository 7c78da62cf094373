import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median.ts';
import { type Figure, report } from './report.ts';
import { pairs, type ReadAndWrite } from './stores/contenders.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 13);
const CALLS = Number(process.env['CALLS'] ?? 1_000);
/** As many connections in use at once as a busy process has. */
const WORKERS = 8;

interface Run {
  perSecond: number;
  /** Milliseconds that 99 of 100 stay below. */
  p99: number;
}

async function measured(one: ReadAndWrite): Promise<Run> {
  const times: number[] = [];
  const startedAt = performance.now();
  const worker = async (number: number): Promise<void> => {
    for (let call = 0; call < CALLS / WORKERS; call++) {
      const at = performance.now();
      await one(`user-${number}/ticktick/${call % 20}`);
      times.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, number) => worker(number)));
  const perSecond = (times.length / (performance.now() - startedAt)) * 1000;
  return { perSecond, p99: times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN };
}

/** One after the other in each round, and another one first each time. */
async function inTurns(
  contenders: readonly (readonly [string, ReadAndWrite])[],
): Promise<Map<string, Run[]>> {
  const runs = new Map(contenders.map(([name]) => [name, [] as Run[]]));
  for (let round = 0; round < ROUNDS; round++) {
    const first = round % contenders.length;
    for (const [name, one] of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const run = await measured(one);
      if (round > 0) runs.get(name)?.push(run);
    }
  }
  return runs;
}

function figuresOf(store: string, runs: Map<string, Run[]>): Figure[] {
  const ours = runs.get('ours') ?? [];
  const figures: Figure[] = [
    {
      what: `${store}: get + compareAndSet`,
      value: median(ours.map(({ perSecond }) => perSecond)),
      unit: '/s',
      digits: 0,
    },
    { what: `${store}: p99`, value: median(ours.map(({ p99 }) => p99)), unit: 'ms' },
  ];
  for (const [other, theirs] of runs) {
    if (other === 'ours') continue;
    const ratios = ours.map(({ perSecond }, round) => perSecond / (theirs[round]?.perSecond ?? Number.NaN));
    figures.push(
      {
        what: `${store}: p99 of ${other.replace(/ \(.*/, '')}`,
        value: median(theirs.map(({ p99 }) => p99)),
        unit: 'ms',
      },
      { what: `${store}: ours / ${other}`, value: median(ratios) },
    );
  }
  return figures;
}

const folder = await mkdtemp(join(tmpdir(), 'context-bench-'));
const figures: Figure[] = [];
for (const [store, open] of Object.entries(pairs)) {
  const { ours, plain, leaner, close } = await open(folder);
  const contenders = Object.entries({
    ours,
    'the plain driver (goal ≥ 0.9)': plain,
    'the plain driver doing less': leaner,
  }).flatMap(([name, one]) => (one ? [[name, one] as const] : []));
  figures.push(...figuresOf(store, await inTurns(contenders)));
  await close();
}
await rm(folder, { recursive: true, force: true });
report(`Stores: ${WORKERS} at once, values of 1,060 characters, medians of ${ROUNDS - 1} rounds`, figures);
process.exit();
