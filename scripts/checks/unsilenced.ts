import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { sourceFiles } from '../lib/source-files.ts';
import { ROOT, workspacePackages } from '../lib/workspace.ts';

const SILENCERS = /(oxlint|eslint)-disable|@ts-(ignore|expect-error|nocheck)/;

/** `any`, `!` and import cycles are lint errors, and no source may switch the linter or the compiler off. */
export function checkUnsilenced(): Findings {
  const problems: string[] = [];
  for (const file of workspacePackages().flatMap((one) => sourceFiles(one.folder))) {
    for (const [index, line] of readFileSync(file, 'utf8').split('\n').entries()) {
      if (SILENCERS.test(line)) problems.push(`${relative(ROOT, file)}:${index + 1} ${line.trim()}`);
    }
  }
  return { problems };
}
