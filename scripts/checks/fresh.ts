import { existsSync, statSync } from 'node:fs';
import type { Findings } from '../lib/checks.ts';
import { sourceFiles } from '../lib/source-files.ts';
import { workspacePackages } from '../lib/workspace.ts';

/** The checks below look at dist/, which must be what src/ says now. */
export function checkFresh(): Findings {
  const problems: string[] = [];
  for (const { folder, manifest, entries } of workspacePackages()) {
    const built = entries.flatMap(({ module, types }) => [module, types]);
    if (!built.every((file) => existsSync(file))) {
      problems.push(`${manifest.name} is not built: npm run build`);
      continue;
    }
    const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
    const newest = Math.max(...sourceFiles(folder).map((file) => statSync(file).mtimeMs));
    if (newest > oldest) problems.push(`${manifest.name} has changed since it was built: npm run build`);
  }
  return { problems };
}
