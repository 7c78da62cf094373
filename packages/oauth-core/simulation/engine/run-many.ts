import type { Code } from './code.ts';
import type { Simulation } from './simulation.ts';

export interface Summary {
  histories: number;
  excuses: Record<string, number>;
  counts: Record<string, number>;
  /** The seeds that broke each rule, with what the first of them showed. */
  broken: Record<string, { seeds: number[]; example: string }>;
}

function addAll(sum: Record<string, number>, more: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(more)) sum[name] = (sum[name] ?? 0) + count;
}

/** Runs the histories of so many seeds. Stops at the first that breaks a rule where one is enough. */
export async function runMany<C, I>(
  simulation: Simulation<C, I>,
  code: Code,
  { first, count, untilBroken = false }: { first: number; count: number; untilBroken?: boolean },
): Promise<Summary> {
  const summary: Summary = { histories: 0, excuses: {}, counts: {}, broken: {} };
  for (let seed = first; seed < first + count; seed += 1) {
    const { findings } = await simulation.run(code, simulation.plan(seed));
    summary.histories += 1;
    addAll(summary.excuses, findings.excuses);
    addAll(summary.counts, findings.counts);
    for (const { rule, text } of findings.violations) {
      const broken = (summary.broken[rule] ??= { seeds: [], example: text });
      if (broken.seeds.at(-1) !== seed) broken.seeds.push(seed);
    }
    // A history takes no turn of the event loop, which test runners need now and then.
    await new Promise((resolve) => setImmediate(resolve));
    if (untilBroken && findings.violations.length > 0) break;
  }
  return summary;
}
