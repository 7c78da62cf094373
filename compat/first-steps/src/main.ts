// The first steps of a new user, each in an empty folder from the packed packages (npm run build), and what is installed for the
// same of others. Writes docs/first-steps.md's tables.
import { join } from 'node:path';
import { temporaryFolder } from '../../../scripts/lib/tarballs.ts';
import { cellsOf, install, megabytes, take, timeOf } from './measure.ts';
import { tarballsOf } from './packages.ts';
import { sizesOfPackages } from './sizes.ts';
import { type Step, STEPS } from './steps.ts';
import { writeTable } from './write-table.ts';

const PROGRAMS = join(import.meta.dirname, '../steps');

async function rowOf({ title, ours, others = [], file, run, peer }: Step): Promise<string[]> {
  const tarballs = (await tarballsOf(ours)).map(({ path }) => path);
  const taken = await take(join(PROGRAMS, file), [...tarballs, ...others], run);
  console.log(`✓ ${title}: ${taken.said}`);
  const theirs = await install(temporaryFolder('peer'), peer.packages);
  const beside = `\`${peer.packages.join(' ')}\`: ${timeOf(theirs)}, ${megabytes(theirs)}`;
  return [title, ...cellsOf(taken), beside, peer.left];
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
    'beside it, installed',
    'and still to write there',
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
