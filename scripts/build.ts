// Builds every package into its dist/, each after those that it depends on.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNotices } from './lib/notices.ts';
import { run } from './lib/run.ts';
import { type SharedNames, sharedNames, START, withSharedImports } from './lib/shared-imports.ts';
import { withTypeOnlyExports } from './lib/type-only-exports.ts';
import { ROOT, workspacePackages } from './lib/workspace.ts';

const config = ['--config', join(ROOT, 'tsup.config.ts'), '--tsconfig', join(ROOT, 'tsconfig.json')];

/** What the entries of the packages that are built have from their shared modules, by specifier. */
const shared = new Map<string, SharedNames>();

for (const { folder, manifest, entries } of workspacePackages()) {
  const start = performance.now();
  const { code, output } = await run('tsup', config, { cwd: folder, timeoutMs: 600_000 });
  process.stdout.write(output);
  if (code !== 0) {
    console.error(`${manifest.name} could not be built.`);
    process.exit(1);
  }
  for (const { types, module } of entries) writeFileSync(types, withTypeOnlyExports(types, module));
  for (const module of globSync(join(folder, 'dist/*.js'))) {
    writeFileSync(module, withSharedImports(readFileSync(module, 'utf8'), shared));
  }
  if (manifest.exports[`./${START}`] !== undefined) {
    for (const { specifier, module } of entries) shared.set(specifier, await sharedNames(module));
  }
  writeNotices(folder);
  console.log(`${manifest.name} built in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
