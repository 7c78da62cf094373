import type { Code } from './engine/code.ts';
import { runMany } from './engine/run-many.ts';
import { KEPT } from './kept/all.ts';
import { simulationNamed } from './simulations.ts';

/** How many histories of each part `npm test` runs; 1,050 together. */
export const HISTORIES = {
  tokens: 400,
  leases: 150,
  limiter: 200,
  throttle: 125,
  'sign-ins': 125,
  schedule: 50,
} as const;

/** The first rule that the histories of `npm test`, planned and kept, see broken; undefined if there is none. */
export async function firstBrokenRule(code: Code, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    const simulation = simulationNamed(name);
    const { [name]: count = 0 }: Record<string, number> = HISTORIES;
    const { broken } = await runMany(simulation, code, { first: 1, count, untilBroken: true });
    const [rule] = Object.keys(broken);
    if (rule !== undefined) return rule;
    for (const { history } of KEPT.filter((kept) => kept.simulation === name)) {
      const [violation] = (await simulation.run(code, history)).findings.violations;
      if (violation !== undefined) return violation.rule;
    }
  }
  return undefined;
}
