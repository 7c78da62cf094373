import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './workspace.ts';

/** The repository's files that match patterns as Git reads them, as paths from the root. */
export function trackedFiles(...patterns: readonly string[]): string[] {
  const files = execFileSync('git', ['ls-files', ...patterns], { cwd: ROOT, encoding: 'utf8' });
  return files.split('\n').filter((file) => file !== '' && existsSync(join(ROOT, file)));
}
