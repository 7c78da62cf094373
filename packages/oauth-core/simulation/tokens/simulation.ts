import type { Simulation } from '../engine/simulation.ts';
import type { TokenConfig, TokenItem } from './history.ts';
import { planTokens } from './plan.ts';
import { TokenRun } from './token-run.ts';

/** `TokenManager` and `OAuthClient` in up to four processes that share a store and a provider. */
export const tokenSimulation: Simulation<TokenConfig, TokenItem> = {
  name: 'tokens',
  plan: planTokens,
  async run(code, history, { isTraced = false } = {}) {
    const run = new TokenRun(code, history, isTraced);
    await run.run();
    return { findings: run.findings, trace: run.world.trace ?? [] };
  },
};
