// Changes the sources that carry the promises, one small change at a time, and lists the changes that no test notices:
// npm run mutants -- packages/oauth-core/src/tokens (folders or files). --sample 100 takes so many of each, drawn by --seed;
// --tests 'packages/oauth-core/test/http/**' asks those tests alone. What oauth-core's simulation notices no test has to.
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './lib/workspace.ts';
import { coveringTests } from './mutants/covering-tests.ts';
import { type Mutant, mutantsOf } from './mutants/mutants-of.ts';
import { sample } from './mutants/sample.ts';
import { simulationsOf } from './mutants/simulated.ts';
import { Worker } from './mutants/worker-process.ts';

const DEFAULT_PATHS = [
  'packages/oauth-core/src/tokens',
  'packages/oauth-core/src/leases',
  'packages/oauth-core/src/http/retry.ts',
  'packages/context/src/time-blocks',
];
const MIN_KILLED = 0.85;
/** A change never ends if its tests take so many times as long as without it, and at least so many milliseconds. */
const LIMITS = { patience: 6, minTimeoutMs: 20_000 };
const MAX_RUNS = 5;

const { values, positionals } = parseArgs({
  options: {
    sample: { type: 'string' },
    seed: { type: 'string', default: '1' },
    tests: { type: 'string', default: '**' },
  },
  allowPositionals: true,
});
const paths = positionals.length > 0 ? positionals : DEFAULT_PATHS;

function filesOf(path: string): string[] {
  return globSync(path.endsWith('.ts') ? path : `${path}/**/*.ts`, { cwd: ROOT }).toSorted();
}

function originalOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function chosenOf(path: string): Mutant[] {
  const all = filesOf(path).flatMap((file) => mutantsOf(file, originalOf(file)));
  if (values.sample === undefined) return all;
  const chosen = sample(all, Number(values.sample), values.seed, ({ path: file, text }) => file + text);
  console.log(`${chosen.length} of ${all.length} mutants of ${path}, drawn with seed ${values.seed}`);
  return chosen;
}

const mutants = paths.flatMap(chosenOf);
const files = paths.flatMap(filesOf);
console.log(`${mutants.length} mutants of ${files.length} files`);

/** Judges each mutant in turn, as many at a time as there are processors. Gives those that survive. */
async function survivorsOf(
  judged: readonly Mutant[],
  survives: (mutant: Mutant, worker: Worker) => Promise<boolean>,
  script: string,
): Promise<Mutant[]> {
  const queue = [...judged];
  const survivors = new Set<Mutant>();
  const work = async (): Promise<void> => {
    const worker = new Worker(script, LIMITS);
    for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift())
      if (await survives(mutant, worker)) survivors.add(mutant);
    worker.stop();
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  return judged.filter((mutant) => survivors.has(mutant));
}

/** The simulation knows no chance. Code that takes it too long is left to the tests. */
async function breaksNoHistory({ path, text }: Mutant, worker: Worker): Promise<boolean> {
  const simulations = simulationsOf(path);
  if (simulations.length === 0) return true;
  const broken = await worker.failing({ change: { path, text }, original: originalOf(path), simulations });
  return broken === undefined || broken.length === 0;
}

/**
 * A busy machine fails tests, too. A mutant counts as killed if the tests that fail with it pass without it, and fail with it
 * again.
 */
async function failsNoTest(mutant: Mutant, tests: string[], worker: Worker): Promise<boolean> {
  const { path, text, line, change } = mutant;
  const failing = async (asked: string[], source: string): Promise<string[]> =>
    (await worker.failing({ change: { path, text: source }, tests: asked })) ?? asked;
  for (let runs = 1; tests.length > 0 && runs <= MAX_RUNS; runs += 1) {
    const failed = await failing(tests, text);
    if (failed.length === 0) break;
    const failedUnchanged = await failing(failed, originalOf(path));
    if (failedUnchanged.length === 0 && (await failing(failed, text)).length > 0) return false;
    if (runs === MAX_RUNS) console.log(`undecided, counts as alive: ${path}:${line}`);
  }
  console.log(`survives ${tests.length} test files: ${path}:${line} ${change}`);
  return true;
}

const unbroken = await survivorsOf(mutants, breaksNoHistory, 'simulation-worker.ts');
console.log(`${mutants.length - unbroken.length} killed by the simulation`);
const testsOf = await coveringTests(files, values.tests);
const survivors = await survivorsOf(
  unbroken,
  (mutant, worker) => failsNoTest(mutant, testsOf(mutant), worker),
  'tests-worker.ts',
);

console.log('\nKilled, by file');
for (const [path, all] of Map.groupBy(mutants, (mutant) => mutant.path)) {
  const left = survivors.filter((mutant) => mutant.path === path).length;
  console.log(`${String(all.length - left).padStart(5)} of ${String(all.length).padEnd(4)} ${path}`);
}
const killed = 1 - survivors.length / mutants.length;
console.log(
  `${(killed * 100).toFixed(1)} % of ${mutants.length} killed, at least ${MIN_KILLED * 100} % wanted`,
);
if (killed < MIN_KILLED) process.exitCode = 1;
process.exit();
