import { globSync, mkdirSync, rmSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { ROOT } from '../lib/workspace.ts';
import { coverageFile, hashOf, recordedCoverage } from './coverage-file.ts';
import type { Mutant } from './mutants-of.ts';
import { testFilesFor, TestRunner } from './test-runner.ts';

/** A busy machine may fail a test that is right. */
const MAX_RUNS = 4;

/** What a test has called is known as long as neither it nor a source changes. */
const CACHE = join(ROOT, 'node_modules/.cache/mutants');

/** Runs the tests of source files whose path matches; says which of them call a mutant's function, the fastest first. */
export async function coveringTests(
  sources: readonly string[],
  pattern: string,
): Promise<(mutant: Mutant) => string[]> {
  const tests = [...new Set(sources.flatMap(testFilesFor))].filter((test) => matchesGlob(test, pattern));
  const folder = join(CACHE, hashOf(globSync('packages/*/src/**/*.ts', { cwd: ROOT }).toSorted()));
  mkdirSync(folder, { recursive: true });
  process.env['COVERAGE_FOLDER'] = folder;
  await record(
    folder,
    tests.filter((test) => recordedCoverage(folder, test) === undefined),
  );
  const runs = tests.flatMap((test) => recordedCoverage(folder, test) ?? []);
  runs.sort((a, b) => a.milliseconds - b.milliseconds);
  return (mutant) =>
    runs.filter(({ called }) => isCalled(mutant, called[mutant.path])).map(({ test }) => test);
}

async function record(folder: string, tests: readonly string[]): Promise<void> {
  if (tests.length === 0) return;
  // One that fails takes no other with it.
  const runner = await TestRunner.start({
    setupFiles: [join(import.meta.dirname, 'record-coverage.ts')],
    bail: 0,
  });
  let failing = [...tests];
  for (let runs = 0; runs < MAX_RUNS && failing.length > 0; runs += 1)
    failing = await runner.failing(failing);
  await runner.close();
  for (const test of failing) rmSync(coverageFile(folder, test), { force: true });
  if (failing.length > 0) console.log(`left out, since they fail without any change: ${failing.join(', ')}`);
}

function isCalled({ owner }: Mutant, called: readonly string[] = []): boolean {
  return owner === ''
    ? called.length > 0
    : called.some((name) => name === owner || name.endsWith(`.${owner}`));
}
