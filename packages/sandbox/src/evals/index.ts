import { HOSTILE } from './hostile.ts';
import { ORDINARY } from './ordinary.ts';
import type { Scenario } from './scenario.ts';

export { type RunScenario, runScenario, type Scenario, type ScenarioResult } from './scenario.ts';

/** 26 jobs for assistants, ten of them with somebody in the way. */
export const SCENARIOS: readonly Scenario[] = [...ORDINARY, ...HOSTILE];
