import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/workspace.ts';

/** What one test file has called. */
export interface Coverage {
  test: string;
  milliseconds: number;
  /** Names of functions, by source file; paths are from the repository's root. */
  called: Record<string, string[]>;
}

/** A hash of the names and texts of files. */
export function hashOf(files: readonly string[]): string {
  const hash = createHash('sha1');
  for (const file of files) hash.update(file).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex');
}

/** Where the coverage of a test file is kept: another place once its text changes. */
export function coverageFile(folder: string, test: string): string {
  return join(folder, `${hashOf([test])}.json`);
}

/** What a test file has called, as it was recorded. */
export function recordedCoverage(folder: string, test: string): Coverage | undefined {
  const file = coverageFile(folder, test);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Coverage) : undefined;
}
