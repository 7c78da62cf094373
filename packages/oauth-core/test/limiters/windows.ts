/** The most dispatches, weighted by cost, that lie in any window `(t - intervalMs, t]`. */
export function mostInAnyWindow(
  dispatches: readonly { at: number; cost: number }[],
  intervalMs: number,
): number {
  let most = 0;
  let used = 0;
  let first = 0;
  for (const { at, cost } of dispatches) {
    used += cost;
    for (let oldest = dispatches[first]; oldest && oldest.at <= at - intervalMs; oldest = dispatches[first]) {
      used -= oldest.cost;
      first++;
    }
    most = Math.max(most, used);
  }
  return most;
}

/** When a perfect limiter would start calls that arrive at these times, each costing one unit. */
export function idealStarts(arrivals: readonly number[], limit: number, intervalMs: number): number[] {
  const starts: number[] = [];
  for (const arrival of arrivals) {
    const freed = starts[starts.length - limit];
    starts.push(Math.max(arrival, starts.at(-1) ?? 0, freed === undefined ? 0 : freed + intervalMs));
  }
  return starts;
}
