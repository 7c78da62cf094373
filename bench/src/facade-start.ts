// The facade's import beside those of the Google libraries that it uses, by CPU time in pairs of fresh processes: the clock of a busy
// machine says little. PAIRS (default 15) can be set.
import { execFileSync } from 'node:child_process';
import { median } from './median.ts';
import { report } from './report.ts';

const PAIRS = Number(process.env['PAIRS'] ?? 15);
const CPU = 'const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);';

/** CPU milliseconds of a fresh process that imports this. */
function cpuOf(...specifiers: string[]): number {
  const code = specifiers.map((specifier) => `import '${specifier}';`).join('') + CPU;
  const node = ['--input-type=module', '--eval', code];
  return Number(execFileSync(process.execPath, node, { cwd: import.meta.dirname, encoding: 'utf8' }));
}

const ours: number[] = [];
const theirs: number[] = [];
for (let pair = 0; pair < PAIRS; pair += 1) {
  const bare = cpuOf();
  ours.push(cpuOf('@context-sdk/context') - bare);
  theirs.push(cpuOf('@googleapis/calendar', '@googleapis/gmail') - bare);
}
const ratio = median(ours.map((value, pair) => value / (theirs[pair] ?? Number.NaN)));
report(`Import, CPU over bare Node, ${PAIRS} pairs`, [
  { what: '@context-sdk/context', value: median(ours), unit: 'ms', digits: 1 },
  { what: '@googleapis/calendar and gmail', value: median(theirs), unit: 'ms', digits: 1 },
  { what: 'ours / theirs, in pairs', value: ratio, goal: { atMost: 0.2 } },
]);
