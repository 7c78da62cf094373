import type { Simulation } from '../engine/simulation.ts';
import type { LimiterConfig, LimiterItem } from './history.ts';
import { LimiterRun } from './limiter-run.ts';
import { planLimiter } from './plan.ts';

/** `memoryRateLimiter` in one process. */
export const limiterSimulation: Simulation<LimiterConfig, LimiterItem> = {
  name: 'limiter',
  plan: planLimiter,
  async run(code, history, { isTraced = false } = {}) {
    const run = new LimiterRun(code, history, isTraced);
    await run.run();
    return { findings: run.findings, trace: run.world.trace ?? [] };
  },
};
