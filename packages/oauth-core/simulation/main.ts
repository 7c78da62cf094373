// Runs histories by their seeds: npm run simulate -- tokens 1 10000 (first seed, count), or one, shrunk to what breaks a
// rule, with its trace: npm run simulate -- tokens --seed 4711 save-lost
import { loadCode } from './engine/code.ts';
import { runMany } from './engine/run-many.ts';
import { shrink } from './engine/shrink.ts';
import { simulationNamed } from './simulations.ts';

const [name = 'tokens', first = '1', second = '1000', rule] = process.argv.slice(2);
const simulation = simulationNamed(name);
const code = await loadCode();

if (first === '--seed') {
  const planned = simulation.plan(Number(second));
  const history = rule === undefined ? planned : await shrink(simulation, code, planned, rule);
  const { findings, trace } = await simulation.run(code, history, { isTraced: true });
  console.log(JSON.stringify(history));
  console.log(trace.join('\n'));
  console.log(findings.violations);
} else {
  const summary = await runMany(simulation, code, { first: Number(first), count: Number(second) });
  console.log(JSON.stringify(summary, undefined, 1));
  if (Object.keys(summary.broken).length > 0) process.exitCode = 1;
}
