import type { Simulation } from '../engine/simulation.ts';
import type { LeaseConfig, LeaseItem } from './history.ts';
import { LeaseRun } from './lease-run.ts';
import { planLeases } from './plan.ts';

/** `withLease` in up to five processes that add to the same lists. */
export const leaseSimulation: Simulation<LeaseConfig, LeaseItem> = {
  name: 'leases',
  plan: planLeases,
  async run(code, history, { isTraced = false } = {}) {
    const run = new LeaseRun(code, history, isTraced);
    await run.run();
    return { findings: run.findings, trace: run.world.trace ?? [] };
  },
};
