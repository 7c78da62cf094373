import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedKind } from '../../support/open-store.ts';
import { type OwnRedis, startOwnRedis } from '../../support/own-redis.ts';
import { openPool } from '../../support/postgres-schema.ts';
import { newPlace, type SharedPlace } from '../../support/shared-stores.ts';
import { openStore } from '../../support/open-store.ts';
import { type Connection, type Stage, setUpStage } from './stress.ts';
import type { CallFailure } from './work-order.ts';

/** How long chaos reigns, and over how many. */
export interface ChaosOptions {
  kind: SharedKind;
  processes: number;
  workers: number;
  ms: number;
}

/** What is left when it is over. */
export interface ChaosResult {
  calls: number;
  kills: number;
  pauses: number;
  /** Restarts of Redis or cut connections of PostgreSQL. */
  storeFaults: number;
  refreshes: number;
  /** Failed calls by what the failure was. */
  failures: Readonly<Record<string, number>>;
  /** Connections that had to be signed in again, with the reason of the error. */
  lost: string[];
  /** Refused refreshes that no killed or overlong paused process explains. */
  unexplained: string[];
}

const REFRESH_TIMEOUT_MS = 1500;
const LEASE_MS = 6500;

/** Kills, pauses and cuts off processes at random while they work. */
export async function chaos(options: ChaosOptions): Promise<ChaosResult> {
  const redis = options.kind === 'redis' ? await startOwnRedis() : undefined;
  const place = redis ? await placeOn(redis) : await newPlace(options.kind);
  const stage = await setUpStage(
    { ...options, refreshTimeoutMs: REFRESH_TIMEOUT_MS, leaseTtlMs: LEASE_MS },
    place,
  );
  try {
    return await run(stage, options, redis);
  } finally {
    await stage.close();
    await redis?.remove();
  }
}

async function placeOn({ url }: OwnRedis): Promise<SharedPlace> {
  const location = `chaos: ${url}`;
  const opened = await openStore('redis', location);
  return { location, open: async () => opened.store, remove: () => opened.close() };
}

async function run(stage: Stage, options: ChaosOptions, redis: OwnRedis | undefined): Promise<ChaosResult> {
  const lost = signInAgainWhenLost(stage);
  const counts = { kills: 0, pauses: 0, storeFaults: 0 };
  const under: Promise<unknown>[] = [];
  for (let process = 0; process < options.processes; process++) await stage.spawn();

  const endsAt = performance.now() + options.ms;
  const inTime = (): boolean => performance.now() < endsAt;
  const eachSoOften = async (ms: number, strike: () => Promise<unknown> | undefined): Promise<void> => {
    for (await sleep(ms * Math.random()); inTime(); await sleep(ms * (0.5 + Math.random()))) {
      const struck = strike();
      if (struck !== undefined) under.push(struck);
    }
  };
  const anyone = () => {
    const alive = stage.processes.filter((one) => one.isAlive);
    return alive[Math.floor(Math.random() * alive.length)];
  };
  await Promise.all([
    eachSoOften(1500, () => {
      counts.kills += 1;
      return Promise.all([anyone()?.kill(), stage.spawn()]);
    }),
    eachSoOften(800, () => {
      counts.pauses += 1;
      return anyone()?.pause(100 + Math.random() * 900);
    }),
    eachSoOften(6000, () => {
      counts.pauses += 1;
      return anyone()?.pause(LEASE_MS * 1.3);
    }),
    eachSoOften(options.kind === 'redis' ? 3000 : 1200, () => {
      const struck = strikeStore(options.kind, stage, redis);
      if (struck !== undefined) counts.storeFaults += 1;
      return struck;
    }),
  ]);
  await Promise.all(under);
  await sleep(500);
  const calls = await stage.stop();
  const seen = stage.connections.flatMap(({ server }) => server.gate.seen);
  return {
    calls,
    ...counts,
    refreshes: seen.filter(({ status }) => status === 200).length,
    failures: countsOf(stage.failures),
    lost: await lost(),
    unexplained: stage.connections.flatMap((connection) => unexplainedRefusals(connection, stage)),
  };
}

function countsOf(failures: readonly CallFailure[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { name, reason } of failures) {
    const what = `${name}: ${reason.replaceAll(/\d+/g, '#')}`;
    counts[what] = (counts[what] ?? 0) + 1;
  }
  return counts;
}

function strikeStore(
  kind: SharedKind,
  stage: Stage,
  redis: OwnRedis | undefined,
): Promise<unknown> | undefined {
  if (kind === 'postgres') return cutConnections(stage.place.location);
  if (redis === undefined) return undefined;
  return redis.stop().then(async () => {
    await sleep(300);
    await redis.start();
  });
}

async function cutConnections(applicationName: string): Promise<void> {
  const pool = openPool({ max: 1 });
  await pool.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
    applicationName,
  ]);
  await pool.end();
}

/** A user who is asked to sign in again does; gives the reasons for which that happened. */
function signInAgainWhenLost(stage: Stage): () => Promise<string[]> {
  const lost: string[] = [];
  const signIns = new Map<string, Promise<void>>();
  async function signIn({ key, manager, server }: Connection, reason: string): Promise<void> {
    const { state } = await manager.status();
    if (state !== 'needs-reauthorization') return;
    lost.push(`${key}: ${reason}`);
    await manager.save(await server.signIn());
  }
  stage.onFailure = ({ connection, code, reason }) => {
    const hit = stage.connections.find(({ key }) => key === connection);
    if (code !== 'reauthorization_required' || !hit || signIns.has(connection)) return;
    const done = signIn(hit, reason).finally(() => signIns.delete(connection));
    signIns.set(
      connection,
      done.catch(() => undefined),
    );
  };
  return async () => {
    await Promise.all(signIns.values());
    return lost;
  };
}

/** A refresh token that comes twice was consumed by one who could not store what it got, or sent by one that came late. */
function unexplainedRefusals({ key, server }: Connection, { processes }: Stage): string[] {
  const { seen } = server.gate;
  const excused = (worker: string | undefined): boolean => {
    const process = processes.find(({ order }) => order.worker === worker);
    return process !== undefined && (process.wasKilled || process.longestPauseMs >= LEASE_MS);
  };
  return seen.flatMap(({ worker, refreshToken, status }) => {
    if (status === 200) return [];
    const consumer = seen.find((one) => one.refreshToken === refreshToken && one.status === 200)?.worker;
    if (excused(consumer) || excused(worker)) return [];
    return [`${key}: sent by ${worker}, consumed by ${consumer ?? 'nobody'}`];
  });
}
