// The packed packages (npm run build) in the hands of strict package managers, and of the TypeScript versions that hosts have.
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../scripts/lib/run.ts';
import { packAll, temporaryFolder } from '../../../scripts/lib/tarballs.ts';
import { type Manager, managers } from './managers.ts';

const HERE = import.meta.dirname;
const TYPESCRIPTS = ['typescript-5', 'typescript-6', 'typescript-7'];

const packed = await packAll();
const tarballs = Object.fromEntries(
  packed.map(({ package: one, path }) => [one.manifest.name, `file:${path}`]),
);

/** All that each host installs by name, by the name of its program. */
const HOSTS = {
  host: ['context', 'sandbox'],
  clients: ['ticktick-client', 'google-workspace', 'ado-client', 'sandbox'],
};

const compilerOptions = {
  target: 'es2023',
  lib: ['es2023'],
  module: 'nodenext',
  strict: true,
  exactOptionalPropertyTypes: true,
  skipLibCheck: false,
  declaration: true,
  types: ['node'],
  outDir: 'dist',
};

function manifestOf(packages: readonly string[]): object {
  const ours = packages.map((name) => [`@context-sdk/${name}`, tarballs[`@context-sdk/${name}`]]);
  const dependencies = { ...Object.fromEntries(ours), '@types/node': '22.20.5' } as object;
  return { name: 'host', private: true, type: 'module', dependencies };
}

let failures = 0;

async function step(what: string, [command = '', ...args]: readonly string[], cwd: string): Promise<boolean> {
  const { code, output } = await run(command, args, { cwd, timeoutMs: 900_000 });
  console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${what}`);
  if (code === 0) return true;
  failures += 1;
  console.log(output.trim().replace(/^/gm, '       '));
  return false;
}

async function tryHost(manager: Manager, host: string, packages: readonly string[]): Promise<void> {
  const program = `${host}.ts`;
  const folder = join(temporaryFolder('hosts'), host);
  mkdirSync(folder);
  manager.configure(folder, manifestOf(packages), tarballs);
  copyFileSync(join(HERE, 'host', program), join(folder, program));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [program] }));

  const title = `${manager.name}, ${program}`;
  if (!(await step(`${title}: install`, manager.install, folder))) return;
  await step(`${title}: run`, ['node', program], folder);
  for (const typescript of TYPESCRIPTS) {
    const tsc = join(HERE, '../node_modules', typescript, 'bin/tsc');
    await step(`${title}: ${typescript} with declaration`, ['node', tsc, '-p', folder], folder);
  }
}

const [only = ''] = process.argv.slice(2);
for (const manager of managers.filter(({ name }) => name.includes(only))) {
  for (const [host, packages] of Object.entries(HOSTS)) await tryHost(manager, host, packages);
}
if (failures > 0) process.exitCode = 1;
