import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { median } from './median.ts';

const run = promisify(execFile);

/** Milliseconds that a fresh Node takes from start to end. */
async function timed(args: readonly string[]): Promise<number> {
  const startedAt = performance.now();
  await run(process.execPath, args);
  return performance.now() - startedAt;
}

/** Medians over fresh processes, in turns, so that all see the machine alike; without what one takes that loads nothing. */
export async function freshProcesses<N extends string>(
  script: string,
  names: readonly N[],
  { runs, args = [] }: { runs: number; args?: readonly string[] },
): Promise<Record<N, number>> {
  const bare: number[] = [];
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let turn = 0; turn < runs; turn++) {
    bare.push(await timed([script, 'nobody']));
    for (const [name, measured] of times) measured.push(await timed([script, name, ...args]));
  }
  const net = names.map((name) => [name, median(times.get(name) ?? []) - median(bare)] as const);
  return Object.fromEntries(net) as Record<N, number>;
}
