import { execFileSync } from 'node:child_process';
import { entryPoints } from './entry-points.ts';
import { median } from './median.ts';
import { type Figure, report } from './report.ts';

const RUNS = Number(process.env['RUNS'] ?? 21);
const GOAL_MS = 15;

/** Milliseconds that a fresh Node takes from start to end. */
function timed(code: string): number {
  const startedAt = performance.now();
  execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: import.meta.dirname });
  return performance.now() - startedAt;
}

const entries = entryPoints();
const bare: number[] = [];
const times = new Map(entries.map(({ specifier }) => [specifier, [] as number[]]));

timed('');
for (let run = 0; run < RUNS; run++) {
  bare.push(timed(''));
  for (const [specifier, measured] of times) measured.push(timed(`import '${specifier}';`));
}

const figures = entries.map(({ specifier, isRoot }): Figure => {
  const value = median(times.get(specifier) ?? []) - median(bare);
  const goal = isRoot ? { atMost: GOAL_MS } : undefined;
  return { what: specifier, value, unit: 'ms', digits: 1, goal };
});

report(
  `Cold import, over bare Node's ${median(bare).toFixed(0)} ms: medians of ${RUNS} fresh processes`,
  figures,
);
