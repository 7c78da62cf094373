import { setTimeout as sleep } from 'node:timers/promises';
import type { TokenStatus } from '@context-sdk/oauth-core';
import type { RotatingServer } from './rotating-servers.ts';
import { type Connection, setUpStage, type Stage, type StageOptions } from './stage.ts';
import { until } from './until.ts';
import type { CallFailure } from './work-order.ts';
import type { WorkerProcess } from './worker-process.ts';

/** Users with a process of their own, named after the accident that it meets with in its first refresh. */
export const ACCIDENTS = ['killed-before', 'killed-after', 'stopped-briefly', 'stopped-for-long'] as const;
export type Accident = (typeof ACCIDENTS)[number];

/** Whose leases have to run out before anybody knows that the refresh token is lost. */
const LAST_TO_KNOW = ['killed-after', 'stopped-for-long'] as const;

const REFRESH_TIMEOUT_MS = 4_000;
const LEASE_MS = 9_500;
/** Longer than a token request may take, shorter than the lease. */
const BRIEFLY_MS = REFRESH_TIMEOUT_MS + 500;

/** What became of a user's connection. */
export interface Aftermath {
  /** As the store has it. */
  state: TokenStatus['state'];
  /** Who sent the refresh token of the sign-in, and what the server answered. */
  requests: string[];
  /** The reasons of the calls that failed. */
  reasons: Set<string>;
}

export interface AccidentsResult {
  users: Readonly<Record<Accident, Aftermath>>;
  /** Refresh tokens that came twice. */
  reuses: number;
}

/**
 * Kills and stops processes before or after the server has consumed their refresh token, while another one, whose clock
 * may be wrong, works on the same connections.
 */
export async function accidents(
  options: Pick<StageOptions, 'kind'> & { server: RotatingServer['name']; clockOffsetMs: number },
): Promise<AccidentsResult> {
  const stage = await setUpStage({
    kind: options.kind,
    servers: [options.server],
    users: ACCIDENTS,
    workers: 2,
    // Tokens live for a second: four stores at once share the processor.
    pauseMs: 400,
    refreshTimeoutMs: REFRESH_TIMEOUT_MS,
    leaseTtlMs: LEASE_MS,
  });
  try {
    const struck = strikeFirstRefreshes(stage);
    const other = await stage.prepare({ name: 'other', clockOffsetMs: options.clockOffsetMs });
    const struckSoon = await Promise.all(
      ACCIDENTS.map((user) => stage.prepare({ name: user, users: [user] })),
    );
    // No process is loaded while the times of leases and requests run.
    for (const process of struckSoon) process.begin();
    await until(() => struck.size === ACCIDENTS.length);
    other.begin();
    await Promise.all(struck.values());
    await until(() => LAST_TO_KNOW.every((user) => failuresOf(stage, connectionOf(stage, user)).length > 0));
    await stage.stop();
    const users = await Promise.all(ACCIDENTS.map(async (user) => [user, await aftermath(stage, user)]));
    const reuses = stage.servers.reduce((sum, server) => sum + server.reuses(), 0);
    return { users: Object.fromEntries(users) as AccidentsResult['users'], reuses };
  } finally {
    await stage.close();
  }
}

/** Gives what is under way, by the name of the process; a stop is over when its process goes on. */
function strikeFirstRefreshes(stage: Stage): ReadonlyMap<string, Promise<void>> {
  const { servers, processes } = stage;
  const struck = new Map<string, Promise<void>>();
  const othersTookOver = (): Promise<void> =>
    until(() => requestsOf(connectionOf(stage, 'stopped-for-long')).length > 1);
  const strike = (name: string, how: (process: WorkerProcess) => Promise<void>): Promise<void> => {
    const process = processes.find(({ order }) => order.worker === name);
    if (process === undefined) throw new Error(`There is no process ${name}.`);
    const done = how(process);
    struck.set(name, done);
    return done;
  };
  for (const { gate } of servers) {
    gate.before = async (name) => {
      if (name !== 'killed-before' || struck.has(name)) return;
      await strike(name, (process) => process.kill());
      throw new Error('Its request goes no further.');
    };
    gate.after = async (name) => {
      if (struck.has(name)) return;
      if (name === 'killed-after') await strike(name, (process) => process.kill());
      // Not awaited: the answer arrives at a process that does not look.
      if (name === 'stopped-briefly') void strike(name, (process) => process.pauseUntil(sleep(BRIEFLY_MS)));
      if (name === 'stopped-for-long') void strike(name, (process) => process.pauseUntil(othersTookOver()));
    };
  }
  return struck;
}

function connectionOf({ connections }: Stage, user: Accident): Connection {
  const connection = connections.find((one) => one.user === user);
  if (connection === undefined) throw new Error(`${user} is not connected.`);
  return connection;
}

function requestsOf({ server, refreshToken }: Connection): string[] {
  const requests = server.gate.seen.filter((request) => request.refreshToken === refreshToken);
  return requests.map(({ worker, status }) => `${worker}: ${status}`);
}

function failuresOf({ failures }: Stage, { key }: Connection): CallFailure[] {
  return failures.filter(({ connection }) => connection === key);
}

async function aftermath(stage: Stage, user: Accident): Promise<Aftermath> {
  const connection = connectionOf(stage, user);
  const { state } = await connection.manager.status();
  const reasons = new Set(failuresOf(stage, connection).map(({ name, reason }) => `${name}: ${reason}`));
  return { state, requests: requestsOf(connection), reasons };
}
