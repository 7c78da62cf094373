import type { History } from '../engine/simulation.ts';

/** A history that once broke a rule, shrunk to what it takes by `npm run simulate -- <name> --seed <seed> <rule>`. */
export interface Kept {
  readonly simulation: string;
  readonly rule: string;
  readonly history: History;
}
