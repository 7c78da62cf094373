// The first steps of a new user, each in an empty folder from the packed packages (npm run build), and the same with what others
// offer. Writes docs/first-steps.md's tables.
import { join } from 'node:path';
import { cellsOf, take, type Taken } from './measure.ts';
import { tarballsOf } from './packages.ts';
import { redirected, serveServices } from './services.ts';
import { sizesOfPackages } from './sizes.ts';
import { type Step, STEPS } from './steps.ts';
import { writeTable } from './write-table.ts';

const PROGRAMS = join(import.meta.dirname, '../steps');
const BESIDE = join(import.meta.dirname, '../beside');

/** A peer's program, on services that run beside it as ours run within its program. */
async function takePeer({ file, run, peer }: Step): Promise<Taken> {
  const { env, close } = await serveServices();
  try {
    const own = peer.isRedirected === true ? redirected(env) : env;
    return await take(join(BESIDE, file), peer.packages, run, own);
  } finally {
    await close();
  }
}

async function rowOf(step: Step): Promise<string[]> {
  const { title, ours, others = [], file, run, peer } = step;
  const tarballs = (await tarballsOf(ours)).map(({ path }) => path);
  const taken = await take(join(PROGRAMS, file), [...tarballs, ...others], run);
  console.log(`✓ ${title}: ${taken.said}`);
  const theirs = await takePeer(step);
  console.log(`✓ beside it, ${peer.packages.join(' ')}: ${theirs.said}`);
  return [title, ...cellsOf(taken), `\`${peer.packages.join(' ')}\``, ...cellsOf(theirs), peer.left];
}

const wanted = process.argv.slice(2);
const rows: string[][] = [];
let failures = 0;
for (const step of STEPS.filter(
  ({ file }) => wanted.length === 0 || wanted.some((one) => file.startsWith(one)),
)) {
  try {
    rows.push(await rowOf(step));
  } catch (error) {
    failures += 1;
    console.log(`✗ ${step.title}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
writeTable(
  'steps',
  [
    'step',
    'commands and code',
    'until it ran',
    'then there',
    'beside it',
    'its commands and code',
    'until it ran',
    'then there',
    'left out there',
  ],
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
