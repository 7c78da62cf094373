import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** Every TypeScript file of a package's `src`, as absolute paths. */
export function sourceFiles(packageFolder: string): string[] {
  return globSync('src/**/*.ts', { cwd: packageFolder })
    .map((file) => join(packageFolder, file))
    .toSorted();
}

/** What a file imports, type-only and dynamic imports included. */
export function importsOf(file: string): string[] {
  return ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles.map(({ fileName }) => fileName);
}
