// Rehearses a release in a clone of this repository, up to the upload: npm run release:dry
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../lib/run.ts';
import { temporaryFolder } from '../lib/tarballs.ts';
import { ROOT } from '../lib/workspace.ts';

const CHANGESET = `---\n'@context-sdk/context': minor\n---\n\nA rehearsal.\n`;

const temporary = temporaryFolder('release');
const folder = join(temporary, 'clone');

async function stepIn(cwd: string, title: string, command: string, ...args: string[]): Promise<string> {
  const start = performance.now();
  const { code, stdout, output } = await run(command, args, { cwd, timeoutMs: 600_000 });
  if (code !== 0) {
    console.error(`✗ ${title}\n${output}`);
    process.exit(1);
  }
  console.log(`✓ ${title} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return stdout;
}

await stepIn(temporary, 'clone', 'git', 'clone', '--quiet', '--no-hardlinks', ROOT, folder);
const step = stepIn.bind(undefined, folder);
await step('npm ci', 'npm', 'ci', '--prefer-offline');
writeFileSync(join(folder, '.changeset', 'rehearsal.md'), CHANGESET);
await step('next version, changelog and lock file', 'node', 'scripts/release/version.ts');
await step('npm ci with the new lock file', 'npm', 'ci', '--prefer-offline');
await step('build', 'npm', 'run', 'build');
await step('package checks', 'npm', 'run', 'packages');
process.stdout.write(await step('upload, but for the upload', 'node', 'scripts/release/publish-dry.ts'));
