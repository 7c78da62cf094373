import type { Simulation } from '../engine/simulation.ts';
import type { SignInConfig, SignInItem } from './history.ts';
import { planSignIns } from './plan.ts';
import { SignInRun } from './sign-in-run.ts';

/** `authorizationTransactions` in up to 16 processes that share a store: sign-ins and their callbacks. */
export const signInSimulation: Simulation<SignInConfig, SignInItem> = {
  name: 'sign-ins',
  plan: planSignIns,
  async run(code, history, { isTraced = false } = {}) {
    const run = new SignInRun(code, history, isTraced);
    await run.run();
    return { findings: run.findings, trace: run.world.trace ?? [] };
  },
};
