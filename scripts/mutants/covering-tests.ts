import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from './mutants-of.ts';
import type { Coverage } from './record-coverage.ts';
import { testFilesFor, TestRunner } from './test-runner.ts';

/** A busy machine may fail a test that is right. */
const MAX_RUNS = 4;

/** Runs the tests of source files; says which of them call a mutant's function, the fastest first. */
export async function coveringTests(sources: readonly string[]): Promise<(mutant: Mutant) => string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'context-sdk-coverage-'));
  process.env['COVERAGE_FOLDER'] = folder;
  // One that fails takes no other with it.
  const runner = await TestRunner.start({
    setupFiles: [join(import.meta.dirname, 'record-coverage.ts')],
    bail: 0,
  });
  let failing = [...new Set(sources.flatMap(testFilesFor))];
  for (let runs = 0; runs < MAX_RUNS && failing.length > 0; runs += 1)
    failing = await runner.failing(failing);
  await runner.close();
  const silent = new Set(failing);
  if (silent.size > 0) console.log(`left out, since they fail without any change: ${[...silent].join(', ')}`);
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  rmSync(folder, { recursive: true });
  const runs = files.map((text) => JSON.parse(text) as Coverage).filter(({ test }) => !silent.has(test));
  runs.sort((a, b) => a.milliseconds - b.milliseconds);
  return (mutant) =>
    runs.filter(({ called }) => isCalled(mutant, called[mutant.path])).map(({ test }) => test);
}

function isCalled({ owner }: Mutant, called: readonly string[] = []): boolean {
  return owner === ''
    ? called.length > 0
    : called.some((name) => name === owner || name.endsWith(`.${owner}`));
}
