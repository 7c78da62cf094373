/** By TickTick's priorities. */
const WEIGHTS: Readonly<Record<number, number>> = { 5: 8, 3: 4, 1: 2 };

/** What a late minute of a task costs by its priority in TickTick: 8 for high, 4 for medium, 2 for low, and 1 for none. */
export function weightOfPriority(priority: number | undefined): number {
  return WEIGHTS[priority ?? 0] ?? 1;
}
