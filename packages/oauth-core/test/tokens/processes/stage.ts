import { OAuthClient, type RecordStore, TokenManager } from '@context-sdk/oauth-core';
import type { SharedKind } from '../../support/open-store.ts';
import { newPlace, type SharedPlace } from '../../support/shared-stores.ts';
import { ROTATING_SERVERS, type RotatingServer } from './rotating-servers.ts';
import type { CallFailure, WorkOrder } from './work-order.ts';
import { WorkerProcess } from './worker-process.ts';

/** Where processes meet, and how they work. */
export interface StageOptions {
  kind: SharedKind;
  /** The store's place; one of its own unless given. */
  place?: SharedPlace;
  /** On each connection of each process. */
  workers: number;
  /** Milliseconds between a worker's calls, on average. */
  pauseMs?: number;
  refreshTimeoutMs?: number;
  leaseTtlMs?: number;
  /** The users who are connected at each server. */
  users?: readonly string[];
  servers?: readonly (keyof typeof ROTATING_SERVERS)[];
}

/** A connection at one of the servers, in a store that all processes share. */
export interface Connection {
  readonly user: string;
  readonly key: string;
  readonly server: RotatingServer;
  /** Of the sign-in, before any refresh. */
  readonly refreshToken: string | undefined;
  readonly manager: TokenManager;
}

/** What one process has of its own. */
export interface OwnOptions {
  name?: string;
  users?: readonly string[];
  clockOffsetMs?: number;
}

/** Servers, a store, connections in it, and processes that use them. */
export class Stage {
  readonly place: SharedPlace;
  readonly servers: readonly RotatingServer[];
  readonly connections: readonly Connection[];
  readonly failures: CallFailure[] = [];
  readonly processes: WorkerProcess[] = [];
  /** Called for every failed call. */
  onFailure: (failure: CallFailure) => void = () => undefined;
  readonly #options: StageOptions;

  constructor(
    options: StageOptions,
    place: SharedPlace,
    servers: readonly RotatingServer[],
    connections: readonly Connection[],
  ) {
    this.#options = options;
    this.place = place;
    this.servers = servers;
    this.connections = connections;
  }

  /** Adds a process that works; see {@link Stage.prepare}. */
  async spawn(own: OwnOptions = {}): Promise<WorkerProcess> {
    const process = await this.prepare(own);
    process.begin();
    return process;
  }

  /** Adds a process for every connection unless told otherwise; resolves when it can begin at once. */
  async prepare(own: OwnOptions = {}): Promise<WorkerProcess> {
    const { kind, workers, pauseMs = 100, refreshTimeoutMs = 10_000, leaseTtlMs = 30_000 } = this.#options;
    const { name = String(this.processes.length), users, clockOffsetMs = 0 } = own;
    const connections = this.connections.filter(({ user }) => users?.includes(user) ?? true);
    const order: WorkOrder = {
      worker: name,
      kind,
      location: this.place.location,
      connections: connections.map(({ key, server }) => ({ key, settings: server.settings })),
      workers,
      pauseMs,
      refreshTimeoutMs,
      leaseTtlMs,
      clockOffsetMs,
    };
    const process = new WorkerProcess(order, (failure) => {
      this.failures.push(failure);
      this.onFailure(failure);
    });
    this.processes.push(process);
    await process.ready;
    return process;
  }

  /** Ends the processes; gives how many calls went well. */
  async stop(withinMs?: number): Promise<number> {
    const working = this.processes.filter(({ isAlive }) => isAlive);
    await Promise.all(working.map((process) => process.stop(withinMs)));
    return this.calls;
  }

  /** How many calls went well so far, as far as processes have told. */
  get calls(): number {
    return this.processes.reduce((sum, { calls }) => sum + calls, 0);
  }

  async close(): Promise<void> {
    for (const process of this.processes) if (process.isAlive) await process.kill();
    for (const server of this.servers) await server.close();
    await this.place.remove();
  }
}

export async function setUpStage(options: StageOptions): Promise<Stage> {
  const { kind, users = ['user-1'], servers: names = ['oidc', 'sandbox'] } = options;
  const place = options.place ?? (await newPlace(kind));
  const store = await place.open();
  const servers = await Promise.all(names.map((name) => ROTATING_SERVERS[name]()));
  const connections = await Promise.all(
    servers.flatMap((server) => users.map((user) => connect(server, store, user))),
  );
  return new Stage(options, place, servers, connections);
}

async function connect(server: RotatingServer, store: RecordStore, user: string): Promise<Connection> {
  const key = `${user}/${server.name}/default`;
  const { provider, clientId, clientSecret, redirectUri } = server.settings;
  const client = new OAuthClient({ provider, clientId, clientSecret, redirectUri });
  const manager = new TokenManager({ client, store, key });
  const tokenSet = await server.signIn();
  await manager.save(tokenSet);
  return { user, key, server, refreshToken: tokenSet.refreshToken, manager };
}

/** How often each name is there. */
export function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
