import type { Simulation } from '../engine/simulation.ts';
import type { ScheduleConfig, ScheduleItem } from './history.ts';
import { planSchedule } from './plan.ts';
import { ScheduleRun } from './schedule-run.ts';

/** A schedule that up to five machines claim from, with clocks of their own. */
export const scheduleSimulation: Simulation<ScheduleConfig, ScheduleItem> = {
  name: 'schedule',
  plan: planSchedule,
  async run(code, history, { isTraced = false } = {}) {
    const run = new ScheduleRun(code, history, isTraced);
    await run.run();
    return { findings: run.findings, trace: run.world.trace ?? [] };
  },
};
