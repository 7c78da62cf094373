import { OAuthClient } from '../../../src/oauth/oauth-client.ts';
import { TokenManager } from '../../../src/tokens/token-manager.ts';
import type { SharedKind } from '../../support/open-store.ts';
import { newPlace, type SharedPlace } from '../../support/shared-stores.ts';
import { ROTATING_SERVERS, type RotatingServer } from './rotating-servers.ts';
import type { CallFailure, WorkOrder } from './work-order.ts';
import { WorkerProcess } from './worker-process.ts';

/** How hard, and for how long once all processes work. */
export interface StressOptions {
  kind: SharedKind;
  processes: number;
  /** Per process and server. */
  workers: number;
  ms: number;
  pauseMs?: number;
  refreshTimeoutMs?: number;
  leaseTtlMs?: number;
  /** How far the wall clock of each process is off. */
  clockOffsetMs?: (process: number) => number;
}

/** A connection at one of the servers, in a store that all processes share. */
export interface Connection {
  readonly name: string;
  readonly key: string;
  readonly server: RotatingServer;
  readonly manager: TokenManager;
}

/** Servers, a store, connections in it, and processes that use them. */
export interface Stage {
  readonly place: SharedPlace;
  readonly connections: readonly Connection[];
  readonly failures: readonly CallFailure[];
  readonly processes: WorkerProcess[];
  /** Adds a process; resolves when it works. */
  spawn(): Promise<WorkerProcess>;
  /** Called for every failed call. */
  onFailure: (failure: CallFailure) => void;
  /** Ends the processes; gives how many calls went well in those that were not killed. */
  stop(): Promise<number>;
  close(): Promise<void>;
}

export async function setUpStage(options: Omit<StressOptions, 'ms'>, place?: SharedPlace): Promise<Stage> {
  const { kind, pauseMs = 100, refreshTimeoutMs = 10_000, leaseTtlMs = 30_000 } = options;
  const ownPlace = place ?? (await newPlace(kind));
  const store = await ownPlace.open();
  const connections = await Promise.all(
    Object.entries(ROTATING_SERVERS).map(async ([name, start]): Promise<Connection> => {
      const server = await start();
      const key = `user-1/${name}/default`;
      const manager = new TokenManager({ client: new OAuthClient(server.settings), store, key });
      await manager.save(await server.signIn());
      return { name, key, server, manager };
    }),
  );
  const failures: CallFailure[] = [];
  const processes: WorkerProcess[] = [];
  let spawned = 0;
  const stage: Stage = {
    place: ownPlace,
    connections,
    failures,
    processes,
    onFailure: () => undefined,
    async spawn() {
      const number = spawned++;
      const order: WorkOrder = {
        worker: String(number),
        kind,
        location: ownPlace.location,
        connections: connections.map(({ key, server }) => ({ key, settings: server.settings })),
        workers: options.workers,
        pauseMs,
        refreshTimeoutMs,
        leaseTtlMs,
        clockOffsetMs: options.clockOffsetMs?.(number) ?? 0,
      };
      const process = new WorkerProcess(order, (failure) => {
        failures.push(failure);
        stage.onFailure(failure);
      });
      processes.push(process);
      await process.ready;
      return process;
    },
    async stop() {
      const calls = await Promise.all(processes.filter(({ isAlive }) => isAlive).map((one) => one.stop()));
      return calls.reduce((sum, one) => sum + one, 0);
    },
    async close() {
      for (const process of processes) if (process.isAlive) await process.kill();
      for (const { server } of connections) await server.close();
      await ownPlace.remove();
    },
  };
  return stage;
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

export function resultOf({ connections, failures }: Stage, calls: number): StressResult {
  const servers = connections.map(({ name, server }) => {
    const { seen, mostAtOnce } = server.gate;
    const refreshes = seen.filter(({ status }) => status === 200).length;
    return [
      name,
      { refreshes, refusals: seen.length - refreshes, reuses: server.reuses(), mostAtOnce },
    ] as const;
  });
  return { calls, failures: countsOf(failures), servers: Object.fromEntries(servers) };
}

function countsOf(failures: readonly CallFailure[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { connection, name, reason } of failures) {
    const what = `${connection}: ${name}: ${reason.replaceAll(/\d+/g, '#')}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

/** Lets processes use the connections for a while. */
export async function stress(options: StressOptions): Promise<StressResult> {
  const stage = await setUpStage(options);
  try {
    await Promise.all(Array.from({ length: options.processes }, () => stage.spawn()));
    await new Promise((resolve) => setTimeout(resolve, options.ms));
    return resultOf(stage, await stage.stop());
  } finally {
    await stage.close();
  }
}
