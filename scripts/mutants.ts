// Changes the sources that carry the promises, one small change at a time, and lists the changes that no test notices:
// npm run mutants -- packages/oauth-core/src/tokens (folders or files).
import { globSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './lib/workspace.ts';
import { coveringTests } from './mutants/covering-tests.ts';
import { type Mutant, mutantsOf } from './mutants/mutants-of.ts';
import { Worker } from './mutants/worker-process.ts';

const DEFAULT_PATHS = [
  'packages/oauth-core/src/tokens',
  'packages/oauth-core/src/leases',
  'packages/oauth-core/src/http/retry.ts',
  'packages/context/src/time-blocks',
];
const MIN_KILLED = 0.85;
/** So that a mutant that never ends counts as killed, and a busy machine does not. */
const TIMEOUT_MS = 180_000;

const paths = process.argv.length > 2 ? process.argv.slice(2) : DEFAULT_PATHS;
const patterns = paths.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`));
const files = globSync(patterns, { cwd: ROOT }).toSorted();
const mutants = files.flatMap((path) => mutantsOf(path, readFileSync(join(ROOT, path), 'utf8')));
const testsOf = await coveringTests(files);
console.log(`${mutants.length} mutants of ${files.length} files`);

const queue = [...mutants];
const survivors: Mutant[] = [];

async function survives(mutant: Mutant, worker: Worker): Promise<boolean> {
  const tests = testsOf(mutant);
  const { path, text } = mutant;
  return tests.length === 0 || (await worker.survives({ change: { path, text }, tests }));
}

/** Guards against verdicts that are not about the mutant: without a change the same tests have to pass. */
async function checkUnchanged({ path, ...mutant }: Mutant, worker: Worker): Promise<void> {
  const text = readFileSync(join(ROOT, path), 'utf8');
  if (!(await survives({ ...mutant, path, text }, worker)))
    throw new Error(`The tests of ${path} fail without a change.`);
}

async function work(): Promise<void> {
  const worker = new Worker(TIMEOUT_MS);
  let path = '';
  for (let mutant = queue.shift(); mutant !== undefined; mutant = queue.shift()) {
    if (mutant.path !== path) await checkUnchanged(mutant, worker);
    ({ path } = mutant);
    if (!(await survives(mutant, worker))) continue;
    survivors.push(mutant);
    console.log(`survives ${mutant.path}:${mutant.line} ${mutant.change}`);
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
