import type { Simulation } from './engine/simulation.ts';
import { leaseSimulation } from './leases/simulation.ts';
import { limiterSimulation, throttleSimulation } from './limiter/simulation.ts';
import { scheduleSimulation } from './schedule/simulation.ts';
import { signInSimulation } from './sign-ins/simulation.ts';
import { tokenSimulation } from './tokens/simulation.ts';

/** All parts of the package under simulation, without the types of their histories. */
export const SIMULATIONS: readonly Simulation[] = [
  tokenSimulation,
  leaseSimulation,
  limiterSimulation,
  throttleSimulation,
  signInSimulation,
  scheduleSimulation,
];

export function simulationNamed(name: string): Simulation {
  const simulation = SIMULATIONS.find((candidate) => candidate.name === name);
  if (simulation === undefined)
    throw new Error(`There is no simulation ${name}: ${SIMULATIONS.map((one) => one.name).join(', ')}.`);
  return simulation;
}
