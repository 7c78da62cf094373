// The packed packages (npm run build) in the frameworks that hosts have, each compiled and started as its own program.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../scripts/lib/run.ts';
import { packAll, temporaryFolder } from '../../../scripts/lib/tarballs.ts';
import { type App, APPS_TO_TRY, copyApp } from './apps.ts';
import { type Row, writeTables } from './table.ts';
import { tryHost } from './try-host.ts';

const NPM = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];

const [, , ...wanted] = process.argv;
const apps = APPS_TO_TRY.filter(({ folder }) => wanted.length === 0 || wanted.includes(folder));
const tarballs = (await packAll()).map(({ path }) => path);
let failures = 0;

async function step(what: string, command: string, args: readonly string[], cwd: string): Promise<void> {
  const start = Date.now();
  const { code, output } = await run(command, args, { cwd, timeoutMs: 600_000 });
  if (code !== 0) throw new Error(`${what}:\n${output.trim()}`);
  console.log(`  ${what}: ${Math.round((Date.now() - start) / 1000)} s`);
}

async function tryApp({ folder: name, build, hosts }: App): Promise<Row[]> {
  const folder = join(temporaryFolder('consumers'), name);
  console.log(name);
  copyApp(name, folder);
  // What the lock file says, and then the packages as they would be published.
  await step('npm ci', 'npm', ['ci', ...NPM], folder);
  await step('npm install of the tarballs', 'npm', ['install', '--no-save', ...NPM, ...tarballs], folder);
  await step('build, with types', 'node', build, folder);
  const rows: Row[] = [];
  for (const [host, versionOf, start] of hosts) {
    const manifest = join(folder, 'node_modules', versionOf, 'package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
    try {
      rows.push({ host, version, seen: await tryHost(folder, start) });
      console.log(`✓ ${host} ${version}`);
    } catch (error) {
      failures += 1;
      console.log(`✗ ${host} ${version}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return rows;
}

for (const app of apps) {
  try {
    writeTables(await tryApp(app));
  } catch (error) {
    failures += 1;
    console.log(`✗ ${app.folder}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
await run('prettier', ['--write', 'README.md', 'compat/README.md']);
process.exitCode = failures === 0 ? 0 : 1;
