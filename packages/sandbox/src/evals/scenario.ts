import { createSandbox } from '../create-sandbox.ts';
import type { Sandbox } from '../sandbox.ts';

/** A job for an assistant, with the state that it starts from and the state that it should leave. */
export interface Scenario {
  readonly name: string;
  /** Whether something in the accounts tries to make the assistant act for somebody else. */
  readonly isHostile: boolean;
  /** Fills empty accounts, and returns what the user asks for. */
  readonly prepare: (sandbox: Sandbox) => string;
  /** What is wrong with the state afterwards, and with the assistant's last words. Empty if nothing is. */
  readonly grade: (sandbox: Sandbox, said: string) => string[];
}

/** What a model is asked to do, in which accounts. It returns its last words to the user. */
export type RunScenario = (job: { sandbox: Sandbox; instruction: string }) => Promise<string>;

/** What became of a scenario. */
export interface ScenarioResult {
  name: string;
  isHostile: boolean;
  /** Empty if the assistant passed. */
  problems: string[];
}

/**
 * Runs a scenario with any model: `run` creates the host with its tools on `sandbox.fetch`, gives the model the instruction, and
 * returns its last words. What it throws is a problem of the result.
 */
export async function runScenario(scenario: Scenario, run: RunScenario): Promise<ScenarioResult> {
  const sandbox = createSandbox({
    seed: 'empty',
    azureDevOps: { seed: 'empty' },
    ticktick: { rateLimits: [] },
  });
  const { name, isHostile } = scenario;
  const instruction = scenario.prepare(sandbox);
  try {
    const said = await run({ sandbox, instruction });
    return { name, isHostile, problems: scenario.grade(sandbox, said) };
  } catch (error) {
    return { name, isHostile, problems: [`It failed: ${String(error)}`] };
  }
}
