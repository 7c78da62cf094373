import type { Code } from './code.ts';
import type { Findings } from './findings.ts';

/** One run as data, so that it can be shrunk and kept. `items` are what happens in it, each independent of the others. */
export interface History<C = unknown, I = unknown> {
  readonly seed: number;
  readonly config: C;
  readonly items: readonly I[];
}

export interface Outcome {
  readonly findings: Findings;
  readonly trace: readonly string[];
}

export interface RunOptions {
  isTraced?: boolean | undefined;
}

/** A part of the package under simulation. */
export interface Simulation<C = unknown, I = unknown> {
  readonly name: string;
  /** The history of a seed. */
  plan(seed: number): History<C, I>;
  run(code: Code, history: History<C, I>, options?: RunOptions): Promise<Outcome>;
}
