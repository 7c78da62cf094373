import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median.ts';
import { type Figure, report } from './report.ts';
import { pairs, type ReadAndWrite } from './stores/contenders.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 7);
const CALLS = Number(process.env['CALLS'] ?? 1_000);
/** As many connections in use at once as a busy process has. */
const WORKERS = 8;

/** Operations per second, and the milliseconds that 99 of 100 stay below. */
async function measured(one: ReadAndWrite): Promise<{ perSecond: number; p99: number }> {
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

const folder = await mkdtemp(join(tmpdir(), 'context-bench-'));
const figures: Figure[] = [];
for (const [name, open] of Object.entries(pairs)) {
  const { ours, plain, close } = await open(folder);
  const runs: Awaited<ReturnType<typeof measured>>[] = [];
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    // In turns, and each first every other time.
    const theirs = plain && round % 2 === 0 ? await measured(plain) : undefined;
    const mine = await measured(ours);
    const other = theirs ?? (plain && (await measured(plain)));
    if (round === 0) continue;
    runs.push(mine);
    if (other) ratios.push(mine.perSecond / other.perSecond);
  }
  figures.push(
    {
      what: `${name}: get + compareAndSet`,
      value: median(runs.map(({ perSecond }) => perSecond)),
      unit: '/s',
      digits: 0,
    },
    { what: `${name}: p99`, value: median(runs.map(({ p99 }) => p99)), unit: 'ms' },
    ...(ratios.length > 0
      ? [{ what: `${name}: ours / the plain driver (goal ≥ 0.9)`, value: median(ratios) }]
      : []),
  );
  await close();
}
await rm(folder, { recursive: true, force: true });
report(`Stores: ${WORKERS} at once, values of 1,060 characters, medians of ${ROUNDS - 1} rounds`, figures);
process.exit();
