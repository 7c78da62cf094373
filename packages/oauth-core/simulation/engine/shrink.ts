import type { Code } from './code.ts';
import type { History, Simulation } from './simulation.ts';

const MAX_RUNS = 400;

/** Leaves out items for as long as the rule is still broken: halves first, then single ones. */
export async function shrink<C, I>(
  simulation: Simulation<C, I>,
  code: Code,
  history: History<C, I>,
  rule: string,
): Promise<History<C, I>> {
  let { items } = history;
  let budget = MAX_RUNS;
  const breaks = async (candidate: readonly I[]): Promise<boolean> => {
    if (budget === 0) return false;
    budget -= 1;
    const { findings } = await simulation.run(code, { ...history, items: candidate });
    return findings.violations.some((violation) => violation.rule === rule);
  };
  for (let size = Math.ceil(items.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let index = 0; index < items.length;) {
      const without = items.toSpliced(index, size);
      if (await breaks(without)) items = without;
      else index += size;
    }
  }
  return { ...history, items };
}
