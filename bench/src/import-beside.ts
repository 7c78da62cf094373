// The facade's import beside that of another commit, in one run: npm --prefix bench run import-beside -- 81519ef.
// The other tree is built in a folder of the system's temporary files, and used again the next time.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { median } from './median.ts';
import { type Figure, report } from './report.ts';

const RUNS = Number(process.env['RUNS'] ?? 31);
const ROOT = join(import.meta.dirname, '../..');
const [commit = '81519ef'] = process.argv.slice(2);

/** What one fresh process took for the import alone. */
interface Import {
  ms: number;
  cpuMs: number;
  modules: number;
}

const SCRIPT = `
  import { registerHooks } from 'node:module';
  let modules = 0;
  registerHooks({ load: (url, context, next) => (modules++, next(url, context)) });
  const [cpu, startedAt] = [process.cpuUsage(), performance.now()];
  await import(process.env.ENTRY);
  const ms = performance.now() - startedAt;
  const { user, system } = process.cpuUsage(cpu);
  console.log(JSON.stringify({ ms, cpuMs: (user + system) / 1000, modules }));
`;

function facadeOf(tree: string): string {
  return join(tree, 'packages/context/dist/index.js');
}

/** A tree of the commit with its own dependencies, built. */
function builtTree(): string {
  const tree = join(tmpdir(), `context-sdk-${commit}`);
  const run = (command: string, args: string[], cwd: string): void => {
    execFileSync(command, args, { cwd, stdio: 'inherit' });
  };
  if (!existsSync(tree)) run('git', ['worktree', 'add', '--detach', tree, commit], ROOT);
  if (!existsSync(join(tree, 'node_modules'))) run('npm', ['ci'], tree);
  if (!existsSync(facadeOf(tree))) run('npm', ['run', 'build'], tree);
  return tree;
}

function importOf(tree: string): Import {
  const env = { ...process.env, ENTRY: pathToFileURL(facadeOf(tree)).href };
  const output = execFileSync(process.execPath, ['--input-type=module', '--eval', SCRIPT], { env });
  return JSON.parse(String(output)) as Import;
}

const trees = [builtTree(), ROOT];
const imports: [Import[], Import[]] = [[], []];
// In turns, so that both see the machine alike; the first of each fills the system's cache.
for (const tree of trees) importOf(tree);
for (let run = 0; run < RUNS; run++) {
  for (const [index, taken] of imports.entries()) taken.push(importOf(trees[index] ?? ROOT));
}

function figuresOf(name: keyof Import, what: string, unit: string): Figure[] {
  const [before, now] = imports.map((taken) => median(taken.map((one) => one[name])));
  const digits = 1;
  return [
    { what: `${what}, ${commit}`, value: before ?? 0, unit, digits },
    { what: `${what}, this tree`, value: now ?? 0, unit, digits },
    { what: `${what}, ratio`, value: (now ?? 0) / (before ?? 1), goal: { atMost: 1 } },
  ];
}

report(`Import of the facade: medians of ${RUNS} fresh processes each`, [
  ...figuresOf('ms', 'time', 'ms'),
  ...figuresOf('cpuMs', 'CPU', 'ms'),
  ...figuresOf('modules', 'modules', ''),
]);
