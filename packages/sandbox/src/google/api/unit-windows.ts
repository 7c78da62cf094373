import type { SandboxRateLimit } from '../../ticktick/rate-limit.ts';
import type { Clock } from '../../time/clock.ts';

interface Spending {
  readonly at: number;
  readonly units: number;
}

/**
 * Sliding windows over one user's units. What is refused counts too: users report that hammering pushes the window out.
 */
export class UnitWindows {
  readonly #windows: { rule: SandboxRateLimit; spent: Spending[] }[];
  readonly #clock: Clock;

  constructor(limits: readonly SandboxRateLimit[], clock: Clock) {
    this.#windows = limits.map((rule) => ({ rule, spent: [] }));
    this.#clock = clock;
  }

  /** Counts the units. Gives the moment at which they would fit if they are too many, else undefined. */
  spend(units: number): number | undefined {
    const now = this.#clock.now();
    const refusals = this.#windows.flatMap(({ rule, spent }) => {
      while (now - (spent[0]?.at ?? now) >= rule.intervalMs) spent.shift();
      spent.push({ at: now, units });
      return sum(spent) <= rule.limit ? [] : [whenItFits(spent, units, rule)];
    });
    return refusals.length === 0 ? undefined : Math.max(...refusals);
  }
}

/** When so much has left the window that the same request would pass, if none is made before. */
function whenItFits(
  spent: readonly Spending[],
  units: number,
  { limit, intervalMs }: SandboxRateLimit,
): number {
  let inWindow = sum(spent);
  for (const spending of spent) {
    inWindow -= spending.units;
    if (inWindow + units <= limit) return spending.at + intervalMs;
  }
  return (spent.at(-1)?.at ?? 0) + intervalMs;
}

function sum(spent: readonly Spending[]): number {
  return spent.reduce((total, { units }) => total + units, 0);
}
