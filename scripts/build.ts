// Builds every package into its dist/, each after those that it depends on.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeNotices } from './lib/notices.ts';
import { run } from './lib/run.ts';
import { withTypeOnlyExports } from './lib/type-only-exports.ts';
import { ROOT, workspacePackages } from './lib/workspace.ts';

const config = ['--config', join(ROOT, 'tsup.config.ts'), '--tsconfig', join(ROOT, 'tsconfig.json')];

for (const { folder, manifest, entries } of workspacePackages()) {
  const start = performance.now();
  const { code, output } = await run('tsup', config, { cwd: folder, timeoutMs: 600_000 });
  process.stdout.write(output);
  if (code !== 0) {
    console.error(`${manifest.name} could not be built.`);
    process.exit(1);
  }
  for (const { types, module } of entries) writeFileSync(types, withTypeOnlyExports(types, module));
  writeNotices(folder);
  console.log(`${manifest.name} built in ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
