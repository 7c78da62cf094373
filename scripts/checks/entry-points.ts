import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { workspacePackages } from '../lib/workspace.ts';

/** A program: its command is what pages name. */
const PROGRAM = 'bin';

/** The README of a package names each of its entry points, so that somebody who reads nothing else finds what is there. */
export function checkEntryPoints(): Findings {
  const problems: string[] = [];
  let count = 0;
  for (const { name, folder, manifest, entries } of workspacePackages()) {
    const page = readFileSync(join(folder, 'README.md'), 'utf8');
    for (const { specifier } of entries) {
      const path = specifier.slice(manifest.name.length + 1);
      if (path === '' || path === PROGRAM) continue;
      count++;
      if (!new RegExp(`[\`/]${path}(?![\\w-])`).test(page))
        problems.push(`packages/${name}/README.md does not name ${specifier}`);
    }
  }
  return { problems, notes: [`${count} entry points`] };
}
