// The same steps with the packages as they were at 81519ef, built in a clone: npm --prefix compat/first-steps run before
// `-- FOLDER`: a clone of that commit that is built already.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../../../scripts/lib/run.ts';
import { temporaryFolder } from '../../../scripts/lib/tarballs.ts';
import { ROOT } from '../../../scripts/lib/workspace.ts';
import { BEFORE } from './before-steps.ts';
import { cellsOf, take } from './measure.ts';
import { writeTable } from './write-table.ts';

const COMMIT = '81519ef';
const PROGRAMS = join(import.meta.dirname, '../before');

async function ranWell(command: string, args: readonly string[], cwd: string): Promise<string> {
  const { code, stdout, output } = await run(command, args, { cwd, timeoutMs: 1_800_000 });
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}:\n${output}`);
  return stdout;
}

async function cloneOf(commit: string): Promise<string> {
  const folder = join(temporaryFolder('before'), 'clone');
  await ranWell('git', ['clone', '--quiet', ROOT, folder], ROOT);
  await ranWell('git', ['checkout', '--quiet', commit], folder);
  await ranWell('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], folder);
  await ranWell('npm', ['run', 'build'], folder);
  return folder;
}

/** What `npm publish` would have uploaded, by the package's name. */
async function packedIn(clone: string): Promise<Map<string, string>> {
  const into = temporaryFolder('packed-before');
  const packed = new Map<string, string>();
  for (const name of readdirSync(join(clone, 'packages'))) {
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', into];
    const [file] = JSON.parse(await ranWell('npm', args, join(clone, 'packages', name))) as {
      filename: string;
    }[];
    packed.set(name, join(into, file?.filename ?? ''));
  }
  return packed;
}

/** With those of ours that they need. */
function neededBy(names: readonly string[], clone: string): Set<string> {
  const needed = new Set<string>();
  const add = (name: string): void => {
    if (needed.has(name)) return;
    needed.add(name);
    const manifest = readFileSync(join(clone, 'packages', name, 'package.json'), 'utf8');
    const { dependencies = {} } = JSON.parse(manifest) as { dependencies?: object };
    for (const other of Object.keys(dependencies))
      if (other.startsWith('@context-sdk/')) add(other.slice('@context-sdk/'.length));
  };
  for (const name of names) add(name);
  return needed;
}

const [built] = process.argv.slice(2);
const clone = built ?? (await cloneOf(COMMIT));
const packed = await packedIn(clone);
const rows: string[][] = [];
let failures = 0;
for (const step of BEFORE) {
  if ('missing' in step) {
    rows.push([step.title, '', '', '', step.missing]);
    continue;
  }
  const tarballs = [...neededBy(step.ours, clone)].map((name) => packed.get(name) ?? '');
  try {
    const taken = await take(join(PROGRAMS, step.file), [...tarballs, ...(step.others ?? [])], step.run);
    console.log(`✓ ${step.title}: ${taken.said}`);
    rows.push([step.title, ...cellsOf(taken), step.left]);
  } catch (error) {
    failures += 1;
    console.log(`✗ ${step.title}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
writeTable(
  'before',
  ['step', 'commands and code', 'until it ran', 'then there', 'and still to do there'],
  rows,
);
process.exitCode = failures === 0 ? 0 : 1;
