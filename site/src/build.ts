// Builds the site into .vitepress/dist. A link that leads nowhere fails the build.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const SITE = join(import.meta.dirname, '..');

for (const [command, ...args] of [
  ['node', 'src/collect.ts'],
  ['node', 'src/reference.ts'],
  ['node', join('node_modules', 'vitepress', 'bin', 'vitepress.js'), 'build'],
] as const) {
  execFileSync(command, args, { cwd: SITE, stdio: 'inherit' });
}
