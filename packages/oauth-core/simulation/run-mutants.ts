// Changes the code in each of the ways of mutants.ts, and runs planned histories, then those that are kept, until one breaks a
// rule:
// npm run simulate:mutants (words of some)
import { type Code, loadCode } from './engine/code.ts';
import { runMany } from './engine/run-many.ts';
import { KEPT } from './kept/all.ts';
import { MUTANTS } from './mutants.ts';
import { simulationNamed } from './simulations.ts';

const MAX_HISTORIES = 2000;

async function noticedByKept(name: string, code: Code): Promise<string | undefined> {
  for (const { simulation, history } of KEPT) {
    if (simulation !== name) continue;
    const [violation] = (await simulationNamed(name).run(code, history)).findings.violations;
    if (violation !== undefined) return `kept ${history.seed}: ${violation.rule}`;
  }
  return undefined;
}

const wanted = process.argv.slice(2).join(' ');
let survivors = 0;
for (const { what, simulation, ...change } of MUTANTS) {
  if (!what.includes(wanted)) continue;
  const code = await loadCode(change);
  const options = { first: 1, count: MAX_HISTORIES, untilBroken: true };
  const { histories, broken } = await runMany(simulationNamed(simulation), code, options);
  const rules = Object.keys(broken);
  const planned = rules.length === 0 ? undefined : `seed ${histories}: ${rules.join(', ')}`;
  const noticed = planned ?? (await noticedByKept(simulation, code));
  if (noticed === undefined) survivors += 1;
  const result = noticed ?? 'SURVIVES';
  console.log(`${simulation.padEnd(8)} ${what.padEnd(60)} ${result}`);
}
console.log(`${survivors} survive`);
process.exitCode = survivors === 0 ? 0 : 1;
