import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { type Outcome, run } from '../lib/run.ts';
import { type Tarball, temporaryFolder } from '../lib/tarballs.ts';
import { ROOT } from '../lib/workspace.ts';

const PROGRAMS = ['esm.mjs', 'commonjs.cjs', 'facade.mjs'];

/** Into one file, where a class that loads at once as well as on first use has to be made before both. */
const BUNDLED = ['esm.mjs', 'facade.mjs'];

/** CommonJS libraries of others are left out: they require modules of Node, which a file of ES modules cannot. */
const ESBUILD = [
  '--bundle',
  '--platform=node',
  '--format=esm',
  '--log-level=error',
  '--external:azure-devops-node-api',
  '--external:@googleapis/*',
  '--outfile=bundled.mjs',
];

const TYPED = ['typed.ts', 'typed-sandbox.ts'];

const STRICT = {
  target: 'es2023',
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  // The installed declarations are checked, too.
  skipLibCheck: false,
  noEmit: true,
};

/** Hosts: a Node server with Node's types, and one that is bundled, with a browser's types only. */
const HOSTS = {
  'nodenext with @types/node': { module: 'nodenext', lib: ['es2023'], types: ['node'] },
  'bundler with lib dom': {
    module: 'esnext',
    moduleResolution: 'bundler',
    lib: ['es2023', 'dom', 'dom.iterable', 'dom.asynciterable'],
    types: [],
  },
};

/** Installs the tarballs into an empty project, as a user would, and uses them from there. */
export async function checkConsumers(tarballs: readonly Tarball[]): Promise<Findings> {
  const folder = temporaryFolder('consumer');
  const problems: string[] = [];
  const expectSuccess = (what: string, { code, output }: Outcome): boolean => {
    if (code !== 0) problems.push(`${what}:\n${output.trim()}`);
    return code === 0;
  };

  if (!expectSuccess('npm install of the tarballs', await install(tarballs, folder))) return { problems };
  for (const program of [...PROGRAMS, ...TYPED]) {
    copyFileSync(join(import.meta.dirname, '..', 'consumer', program), join(folder, program));
  }
  for (const program of PROGRAMS) {
    expectSuccess(program, await run('node', [program], { cwd: folder, timeoutMs: 30_000 }));
  }
  for (const program of BUNDLED) {
    expectSuccess(`esbuild of ${program}`, await run('esbuild', [program, ...ESBUILD], { cwd: folder }));
    expectSuccess(
      `${program}, bundled`,
      await run('node', ['bundled.mjs'], { cwd: folder, timeoutMs: 30_000 }),
    );
  }
  for (const [host, options] of Object.entries(HOSTS)) {
    for (const file of TYPED) {
      const config = { compilerOptions: { ...STRICT, ...options }, files: [file] };
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
      expectSuccess(`${file}, ${host}`, await run('tsc', ['--pretty', 'false'], { cwd: folder }));
    }
  }
  return {
    problems,
    notes: [
      `${PROGRAMS.join(', ')}; bundled: ${BUNDLED.join(', ')}; types: ${Object.keys(HOSTS).join(', ')}`,
    ],
  };
}

function install(tarballs: readonly Tarball[], folder: string): Promise<Outcome> {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    devDependencies: Record<string, string>;
  };
  const manifest = { name: 'consumer', private: true, type: 'module' };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  const nodeTypes = `@types/node@${devDependencies['@types/node']}`;
  const flags = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];
  return run('npm', ['install', ...flags, nodeTypes, ...tarballs.map(({ path }) => path)], { cwd: folder });
}
