import type { Simulation } from '../engine/simulation.ts';
import type { LimiterConfig, LimiterItem } from './history.ts';
import { LimiterRun } from './limiter-run.ts';
import { planLimiter } from './plan.ts';
import { LIMITER_RULES, type LimiterRule } from './rules.ts';
import type { Subject } from './subject.ts';

const ALL_RULES = Object.keys(LIMITER_RULES) as LimiterRule[];

const MEMORY: Subject = {
  name: 'limiter',
  open: ({ memoryRateLimiter }, limits) => memoryRateLimiter({ limits }),
  rules: new Set(ALL_RULES),
  isExact: () => true,
  ignoresWallClock: true,
};

const THROTTLE: Subject = {
  name: 'throttle',
  open: ({ throttleRateLimiter }, limits) => throttleRateLimiter({ limits }),
  // It spreads calls over the interval, counts from the dispatch, and guesses how long p-throttle will wait.
  rules: new Set(
    ALL_RULES.filter((rule) => !['over-limit-by-arrival', 'late', 'rejected-in-vain'].includes(rule)),
  ),
  isExact: ({ kind }) => kind === 'one',
  ignoresWallClock: false,
};

function limiterSimulationOf(subject: Subject): Simulation<LimiterConfig, LimiterItem> {
  return {
    name: subject.name,
    plan: planLimiter,
    async run(code, history, { isTraced = false } = {}) {
      const run = new LimiterRun(subject, code, history, isTraced);
      await run.run();
      return { findings: run.findings, trace: run.world.trace ?? [] };
    },
  };
}

/** `memoryRateLimiter` in one process. */
export const limiterSimulation: Simulation<LimiterConfig, LimiterItem> = limiterSimulationOf(MEMORY);
/** `throttleRateLimiter` in one process. */
export const throttleSimulation: Simulation<LimiterConfig, LimiterItem> = limiterSimulationOf(THROTTLE);
