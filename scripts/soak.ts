// Runs every soak in slices, one after the other, and remembers which have passed on this commit: after an interruption, the same
// command goes on with the rest. Arguments are parts of paths; `--slices 20` makes smaller slices. `SOAK_FIRST=7000` takes other
// seeds, which are remembered apart.
import { appendFileSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { run } from './lib/run.ts';
import { ROOT } from './lib/workspace.ts';
import { soakFiles } from './tests/soak-files.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { slices: { type: 'string', default: '10' } },
});
const slices = Number(values.slices);
if (!(Number.isInteger(slices) && slices > 0)) throw new TypeError('--slices is a number such as 20.');
const HOURS_MS = 12 * 3_600_000;
const PASSED = join(ROOT, 'node_modules', '.cache', 'soak-passed.txt');

interface Slice {
  file: string;
  slice: string;
}

function slicesOf(file: string): Slice[] {
  const isSliced = readFileSync(join(ROOT, file), 'utf8').includes('@context-sdk/test-support/soak');
  const count = isSliced ? slices : 1;
  return Array.from({ length: count }, (_, index) => ({ file, slice: `${index + 1}/${count}` }));
}

function passedBefore(): Set<string> {
  mkdirSync(join(PASSED, '..'), { recursive: true });
  appendFileSync(PASSED, '');
  return new Set(readFileSync(PASSED, 'utf8').split('\n'));
}

const { stdout } = await run('git', ['rev-parse', '--short', 'HEAD']);
const commit = stdout.trim();
const seeds = ['SOAK_FIRST', 'SOAK_COUNT'].flatMap((name) => {
  const value = process.env[name];
  return value === undefined ? [] : ` ${name}=${value}`;
});
const passed = passedBefore();
const files = soakFiles().filter(
  (file) => positionals.length === 0 || positionals.some((part) => file.includes(part)),
);
let failures = 0;
for (const { file, slice } of files.flatMap(slicesOf)) {
  const line = `${commit} ${file} ${slice}${seeds.join('')}`;
  if (passed.has(line)) {
    console.log(`passed before: ${line}`);
    continue;
  }
  const startedAt = performance.now();
  const args = ['run', '--config', 'vitest.soak.config.ts', file];
  const { code, output } = await run('vitest', args, { env: { SOAK_SLICE: slice }, timeoutMs: HOURS_MS });
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  console.log(`${code === 0 ? 'passed' : 'FAILED'} ${line} in ${seconds} s`);
  if (code === 0) appendFileSync(PASSED, `${line}\n`);
  else {
    failures += 1;
    console.log(output);
  }
}
process.exitCode = failures === 0 ? 0 : 1;
