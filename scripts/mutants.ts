// Changes the sources that carry the promises, one small change at a time, and lists the changes that no test notices:
// npm run mutants -- packages/oauth-core/src/tokens (folders or files). --sample 100 takes so many of each, drawn by --seed.
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ROOT } from './lib/workspace.ts';
import { coveringTests } from './mutants/covering-tests.ts';
import { type Mutant, mutantsOf } from './mutants/mutants-of.ts';
import { sample } from './mutants/sample.ts';
import { Worker } from './mutants/worker-process.ts';

const DEFAULT_PATHS = [
  'packages/oauth-core/src/tokens',
  'packages/oauth-core/src/leases',
  'packages/oauth-core/src/http/retry.ts',
  'packages/context/src/time-blocks',
];
const MIN_KILLED = 0.85;
/** A change never ends if its tests take so many times as long as without it, and at least so many milliseconds. */
const PATIENCE = 6;
const MIN_TIMEOUT_MS = 20_000;
const MAX_RUNS = 5;

const { values, positionals } = parseArgs({
  options: { sample: { type: 'string' }, seed: { type: 'string', default: '1' } },
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
const testsOf = await coveringTests(files);
console.log(`${mutants.length} mutants of ${files.length} files`);

const queue = [...mutants];
const survivors: Mutant[] = [];

/**
 * A busy machine fails tests, too. A mutant counts as killed if the tests that fail with it pass without it, and fail with it
 * again.
 */
async function survives(mutant: Mutant, worker: Worker): Promise<boolean> {
  const { path, text } = mutant;
  const failing = async (tests: string[], source: string): Promise<string[]> =>
    await worker.failing({ change: { path, text: source }, tests });
  const tests = testsOf(mutant);
  if (tests.length === 0) return true;
  for (let runs = 1; runs <= MAX_RUNS; runs += 1) {
    const failed = await failing(tests, text);
    if (failed.length === 0) return true;
    const failedUnchanged = await failing(failed, originalOf(path));
    if (failedUnchanged.length === 0 && (await failing(failed, text)).length > 0) return false;
  }
  console.log(`undecided ${path}:${mutant.line}, counts as alive`);
  return true;
}

async function work(): Promise<void> {
  const worker = new Worker({ patience: PATIENCE, minTimeoutMs: MIN_TIMEOUT_MS });
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    if (!(await survives(mutant, worker))) continue;
    survivors.push(mutant);
    const { length: count } = testsOf(mutant);
    console.log(`survives ${count} test files: ${mutant.path}:${mutant.line} ${mutant.change}`);
  }
  worker.stop();
}

await Promise.all(Array.from({ length: availableParallelism() }, work));

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
