import type { World } from './world.ts';

export interface Violation {
  readonly rule: string;
  readonly text: string;
  readonly at: number;
}

/** What a history showed: rules that were broken, breaches that no client can prevent, and how much happened. */
export class Findings {
  readonly violations: Violation[] = [];
  readonly excuses: Record<string, number> = {};
  readonly counts: Record<string, number> = {};
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  violate(rule: string, text: string): void {
    this.#world.log('!!!', `${rule}: ${text}`);
    this.violations.push({ rule, text, at: this.#world.now });
  }

  /** A breach that no client can prevent. */
  excuse(kind: string): void {
    this.excuses[kind] = (this.excuses[kind] ?? 0) + 1;
  }

  count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }
}
