// Changes the code in each of the ways of mutants.ts, and runs histories until one breaks a rule:
// npm run simulate:mutants (words of some)
import { loadCode } from './engine/code.ts';
import { runMany } from './engine/run-many.ts';
import { MUTANTS } from './mutants.ts';
import { simulationNamed } from './simulations.ts';

const MAX_HISTORIES = 2000;

const wanted = process.argv.slice(2).join(' ');
let survivors = 0;
for (const { what, simulation, ...change } of MUTANTS) {
  if (!what.includes(wanted)) continue;
  const code = await loadCode(change);
  const options = { first: 1, count: MAX_HISTORIES, untilBroken: true };
  const { histories, broken } = await runMany(simulationNamed(simulation), code, options);
  const rules = Object.keys(broken);
  if (rules.length === 0) survivors += 1;
  const result = rules.length === 0 ? 'SURVIVES' : `seed ${histories}: ${rules.join(', ')}`;
  console.log(`${simulation.padEnd(8)} ${what.padEnd(60)} ${result}`);
}
console.log(`${survivors} survive`);
process.exitCode = survivors === 0 ? 0 : 1;
