/** One call of a contender. */
export type Call = () => Promise<unknown>;

export interface Rounds {
  rounds: number;
  /** Calls of each contender in every round, one after another. */
  calls: number;
}

/** Microseconds per call. */
async function timed(one: Call, calls: number): Promise<number> {
  const startedAt = performance.now();
  for (let call = 0; call < calls; call++) await one();
  return ((performance.now() - startedAt) / calls) * 1000;
}

/**
 * Microseconds per call in every round, taken in turns so that all see the machine alike. Each round starts with
 * another contender (A B C, B C A, …): whoever comes after one that leaves much garbage pays for some of it. No
 * sweeping in between: a forced one slowed every contender down that uses fetch.
 */
export async function inRounds<N extends string>(
  contenders: Record<N, Call>,
  { rounds, calls }: Rounds,
): Promise<Record<N, number[]>> {
  const names = Object.keys(contenders) as N[];
  const times = Object.fromEntries(names.map((name) => [name, []])) as unknown as Record<N, number[]>;
  for (let round = 0; round < rounds; round++) {
    const first = round % names.length;
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      times[name].push(await timed(contenders[name], calls));
    }
  }
  return times;
}
