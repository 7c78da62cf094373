import { existsSync, statSync } from 'node:fs';
import { sourceFiles } from './source-files.ts';
import type { Package } from './workspace.ts';

/** Why `dist/` is not what `src/` says now; `undefined` where it is. */
export function staleness({ folder, manifest, entries }: Package): string | undefined {
  const built = entries.flatMap(({ module, types }) => [module, types]);
  if (!built.every((file) => existsSync(file))) return `${manifest.name} is not built: npm run build`;
  const oldest = Math.min(...built.map((file) => statSync(file).mtimeMs));
  const newest = Math.max(...sourceFiles(folder).map((file) => statSync(file).mtimeMs));
  return newest > oldest ? `${manifest.name} has changed since it was built: npm run build` : undefined;
}
