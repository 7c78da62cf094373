// Gives all packages their next version, as .changeset/ asks for, and the changelog its heading: npm run release:version
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../lib/run.ts';
import { ROOT, workspacePackages } from '../lib/workspace.ts';
import { releasedChangelog } from './changelog.ts';

const CHANGELOG = join(ROOT, 'CHANGELOG.md');

for (const [command, ...args] of [
  ['changeset', 'version'],
  ['npm', 'install', '--package-lock-only', '--no-audit', '--no-fund', '--ignore-scripts'],
] as const) {
  const { code, output } = await run(command, args);
  process.stdout.write(output);
  if (code !== 0) process.exit(1);
}

const version = workspacePackages()[0]?.manifest.version ?? '';
const date = new Date().toISOString().slice(0, 10);
writeFileSync(CHANGELOG, releasedChangelog(readFileSync(CHANGELOG, 'utf8'), version, date));
await run('prettier', ['--write', CHANGELOG]);
console.log(`Version ${version}`);
