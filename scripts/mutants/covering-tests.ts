import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from './mutants-of.ts';
import type { Coverage } from './record-coverage.ts';
import { testFilesFor, TestRunner } from './test-runner.ts';

/** Runs the tests of source files once; says which of them call a mutant's function, the fastest first. */
export async function coveringTests(sources: readonly string[]): Promise<(mutant: Mutant) => string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'context-sdk-coverage-'));
  process.env['COVERAGE_FOLDER'] = folder;
  const runner = await TestRunner.start({ setupFiles: [join(import.meta.dirname, 'record-coverage.ts')] });
  const verdict = await runner.run([...new Set(sources.flatMap(testFilesFor))]);
  await runner.close();
  if (verdict !== 'passed') throw new Error('A test fails without any change: mutants would say nothing.');
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
  rmSync(folder, { recursive: true });
  const runs = files.map((text) => JSON.parse(text) as Coverage);
  runs.sort((a, b) => a.milliseconds - b.milliseconds);
  return (mutant) =>
    runs.filter(({ called }) => isCalled(mutant, called[mutant.path])).map(({ test }) => test);
}

function isCalled({ owner }: Mutant, called: readonly string[] = []): boolean {
  return owner === ''
    ? called.length > 0
    : called.some((name) => name === owner || name.endsWith(`.${owner}`));
}
