import { setTimeout as sleep } from 'node:timers/promises';
import type { RotatingServer } from './rotating-servers.ts';
import { countsOf, setUpStage, type Stage, type StageOptions } from './stage.ts';
import { until } from './until.ts';

/** How many processes work on the same connections, and for how long once all of them do. */
export interface StressOptions extends StageOptions {
  processes: number;
  /** For how long at least; a busy machine gets the time that it needs for so many refreshes at each server, and calls. */
  ms: number;
  refreshes: number;
  calls: number;
  /** How far the wall clock of each process is off. */
  clockOffsetMs?: (process: number) => number;
}

/** What a run showed. */
export interface StressResult {
  calls: number;
  /** How many calls failed, by what the failure was. */
  failures: Readonly<Record<string, number>>;
  /** By the name of the server. */
  servers: Readonly<
    Record<string, { refreshes: number; refusals: number; reuses: number; mostAtOnce: number }>
  >;
}

/** Lets processes use the connections for a while. */
export async function stress(options: StressOptions): Promise<StressResult> {
  const { processes, ms, refreshes, calls, clockOffsetMs = () => 0 } = options;
  const stage = await setUpStage(options);
  try {
    await Promise.all(
      Array.from({ length: processes }, (_, process) =>
        stage.spawn({ clockOffsetMs: clockOffsetMs(process) }),
      ),
    );
    await sleep(ms);
    await until(
      () => stage.calls > calls && stage.servers.every((server) => refreshesAt(server) >= refreshes),
    );
    return resultOf(stage, await stage.stop());
  } finally {
    await stage.close();
  }
}

function refreshesAt({ gate }: Pick<RotatingServer, 'gate'>): number {
  return gate.seen.filter(({ status }) => status === 200).length;
}

function resultOf({ servers, failures }: Stage, calls: number): StressResult {
  const results = servers.map(({ name, gate, reuses }) => {
    const refreshes = refreshesAt({ gate });
    const refusals = gate.seen.length - refreshes;
    return [name, { refreshes, refusals, reuses: reuses(), mostAtOnce: gate.mostAtOnce }] as const;
  });
  const names = failures.map(
    ({ connection, name, reason }) => `${connection}: ${name}: ${reason.replaceAll(/\d+/g, '#')}`,
  );
  return { calls, failures: countsOf(names), servers: Object.fromEntries(results) };
}
