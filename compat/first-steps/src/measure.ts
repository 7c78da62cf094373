import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { run } from '../../../scripts/lib/run.ts';
import { temporaryFolder } from '../../../scripts/lib/tarballs.ts';
import { type Installed, installedIn } from './sizes.ts';

const FLAGS = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];

/** What a command took: by the clock, and of the machine, which says more where others use it, too. */
export interface Took {
  seconds: number;
  cpuSeconds: number;
}

/** A step that was taken: how much there is to type, how long it took until it ran, and what lies there then. */
export interface Taken extends Took, Installed {
  lines: number;
  said: string;
}

async function timed(
  what: string,
  command: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
): Promise<Took & { said: string }> {
  const start = performance.now();
  const timing = `TIMEFORMAT='machine time %U %S'; time "$@"`;
  const { code, output } = await run('bash', ['-c', timing, '--', ...command], {
    cwd,
    env,
    timeoutMs: 900_000,
  });
  const [before = '', own = ''] = output.split('machine time ');
  if (code !== 0) throw new Error(`${what}:\n${before.trim()}`);
  const [user = 0, system = 0] = own.split(' ').map(Number);
  return { seconds: (performance.now() - start) / 1000, cpuSeconds: user + system, said: before.trim() };
}

/** Installs into an empty folder. */
export async function install(folder: string, packages: readonly string[]): Promise<Took & Installed> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const took = await timed('npm install', ['npm', 'install', ...FLAGS, ...packages], folder);
  return { ...took, ...installedIn(folder) };
}

/** Installs into an empty folder, and runs a program there. */
export async function take(
  source: string,
  packages: readonly string[],
  command: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Taken> {
  const folder = temporaryFolder('first-steps');
  const installed = await install(folder, packages);
  copyFileSync(source, join(folder, basename(source)));
  const ran = await timed(basename(source), command, folder, env);
  const text = readFileSync(source, 'utf8');
  return {
    ...installed,
    seconds: installed.seconds + ran.seconds,
    cpuSeconds: installed.cpuSeconds + ran.cpuSeconds,
    lines: text.split('\n').filter((line) => line.trim() !== '').length,
    said: ran.said.split('\n').at(-1) ?? '',
  };
}

/** The cells of a table: what is typed, how long it took, what lies there. */
export function cellsOf({ lines, seconds, cpuSeconds, kilobytes }: Taken): string[] {
  return [`2, ${lines} lines`, timeOf({ seconds, cpuSeconds }), megabytes({ kilobytes })];
}

export function timeOf({ seconds, cpuSeconds }: Took): string {
  return `${(seconds / 60).toFixed(1)} min (${Math.round(cpuSeconds)} s)`;
}

export function megabytes({ kilobytes }: Pick<Installed, 'kilobytes'>): string {
  return `${(kilobytes / 1000).toFixed(1)} MB`;
}
