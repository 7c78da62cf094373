import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../lib/workspace.ts';

const FOLDERS = '{packages,examples}/*/{test,simulation}/**';

/** Whether a test tries its properties more often where a soak asks for that. */
function hasMoreRuns(file: string): boolean {
  return readFileSync(join(ROOT, file), 'utf8').includes('@context-sdk/test-support/property-runs');
}

/** The soaks, and the tests whose properties a soak tries more often. Paths are from the repository's root. */
export function soakFiles(): string[] {
  const tests = globSync(`${FOLDERS}/*.test.ts`, { cwd: ROOT }).filter(hasMoreRuns);
  return [...globSync(`${FOLDERS}/*.soak.ts`, { cwd: ROOT }), ...tests].toSorted();
}
