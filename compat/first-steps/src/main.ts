// The first steps of a new user, each in an empty folder from the packed packages (npm run build), and what is installed for the
// same of others. Writes docs/first-steps.md's tables.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../scripts/lib/run.ts';
import { temporaryFolder } from '../../../scripts/lib/tarballs.ts';
import { tarballsOf } from './packages.ts';
import { type Installed, installedIn, sizesOfPackages } from './sizes.ts';
import { type Step, STEPS } from './steps.ts';
import { writeTable } from './write-table.ts';

const HERE = import.meta.dirname;
const FLAGS = ['--no-audit', '--no-fund', '--ignore-scripts', '--prefer-offline'];

interface Measured extends Installed {
  seconds: number;
}

async function timed(
  what: string,
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<[number, string]> {
  const start = performance.now();
  const { code, output } = await run(command, args, { cwd, timeoutMs: 600_000 });
  if (code !== 0) throw new Error(`${what}:\n${output.trim()}`);
  return [(performance.now() - start) / 1000, output.trim()];
}

/** Installs into an empty folder. */
async function install(folder: string, packages: readonly string[]): Promise<Measured> {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const [seconds] = await timed('npm install', 'npm', ['install', ...FLAGS, ...packages], folder);
  return { seconds, ...installedIn(folder) };
}

function lines(file: string): number {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '').length;
}

const minutes = (seconds: number): string => (seconds / 60).toFixed(1);
const megabytes = ({ kilobytes }: Installed): string => (kilobytes / 1000).toFixed(1);

async function take({
  title,
  ours,
  others = [],
  file,
  run: [command = '', ...args],
  peer,
}: Step): Promise<string[]> {
  const folder = temporaryFolder('first-steps');
  const tarballs = (await tarballsOf(ours)).map(({ path }) => path);
  const installed = await install(folder, [...tarballs, ...others]);
  const source = join(HERE, '../steps', file);
  copyFileSync(source, join(folder, file));
  const [seconds, said] = await timed(file, command, args, folder);
  console.log(`✓ ${title}: ${said.split('\n').at(-1)}`);
  const theirs = await install(temporaryFolder('peer'), peer.packages);
  const took = installed.seconds + seconds;
  return [
    title,
    `2, ${lines(source)} lines`,
    `${minutes(took)} min, ${megabytes(installed)} MB`,
    `\`${peer.packages.join(' ')}\`: ${minutes(theirs.seconds)} min, ${megabytes(theirs)} MB`,
    peer.left,
  ];
}

const wanted = process.argv.slice(2);
const rows: string[][] = [];
let failures = 0;
for (const step of STEPS.filter(
  ({ file }) => wanted.length === 0 || wanted.some((one) => file.startsWith(one)),
)) {
  try {
    rows.push(await take(step));
  } catch (error) {
    failures += 1;
    console.log(`✗ ${step.title}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
writeTable(
  'steps',
  ['step', 'commands and code', 'until it ran', 'beside it, installed', 'and still to write there'],
  rows,
);
if (wanted.length === 0 || wanted.includes('sizes')) {
  writeTable(
    'sizes',
    ['package', '`npm pack`, kB', 'installed, kB', 'packages', 'files'],
    await sizesOfPackages(),
  );
}
process.exitCode = failures === 0 ? 0 : 1;
