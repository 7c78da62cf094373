// A process that runs simulations of oauth-core on mutants, one at a time.
import { basename, dirname } from 'node:path';
import { loadCode } from '../../packages/oauth-core/simulation/engine/code.ts';
import { firstBrokenRule } from '../../packages/oauth-core/simulation/short-run.ts';
import type { Change } from './test-runner.ts';

/** What a worker is asked for. */
export interface SimulationTask {
  change: Change;
  original: string;
  simulations: readonly string[];
}

/** The rule that breaks. A rejection that nobody handles fails the tests of the simulation, too. */
async function brokenBy({
  change: { path, text },
  original,
  simulations,
}: SimulationTask): Promise<string[]> {
  const unhandled = new Promise<string>((resolve) => {
    process.removeAllListeners('unhandledRejection').once('unhandledRejection', () => resolve('unhandled'));
  });
  const file = `${basename(dirname(path))}/${basename(path)}`;
  const code = await loadCode({ file, from: original, to: text });
  const broken = Promise.race([firstBrokenRule(code, simulations), unhandled]);
  const rule = await broken.catch((error: unknown) => String(error));
  return rule === undefined ? [] : [rule];
}

process.on('message', (task: SimulationTask) => {
  void brokenBy(task).then((failing) => process.send?.({ failing }));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
