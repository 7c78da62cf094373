import { setTimeout as sleep } from 'node:timers/promises';
import type { SharedKind } from '../../support/open-store.ts';
import { type FailingPlace, newFailingPlace } from './failing-place.ts';
import { signInAgainWhenLost } from './sign-in-again.ts';
import { type Connection, countsOf, setUpStage, type Stage } from './stage.ts';
import type { WorkerProcess } from './worker-process.ts';

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
  /** How often processes were killed and stopped, and the store's service failed. */
  strikes: Readonly<Record<string, number>>;
  refreshes: number;
  /** How many calls failed, by what the failure was. */
  failures: Readonly<Record<string, number>>;
  /** The reasons for which users had to sign in again, each with how often. */
  lost: Readonly<Record<string, number>>;
  /** Refused refreshes whose token no process had consumed that was killed, or stopped beyond its lease, then. */
  unexplained: readonly string[];
}

const REFRESH_TIMEOUT_MS = 1_000;
const LEASE_MS = 6_000;
/** What a holder takes for the end of its lease: a tenth before others do. */
const HOLDER_MS = LEASE_MS * 0.9;

/** How long the server takes at most before it consumes a refresh token, and until its answer is sent. */
const LATENCY_MS = 150;
/** For calls to come to their end when chaos is over. */
const PATIENCE_MS = 1_000;

/** Kills and stops processes at random while they work, and makes their store fail. */
export async function chaos({ kind, processes, workers, ms }: ChaosOptions): Promise<ChaosResult> {
  const place = await newFailingPlace(kind);
  const stage = await setUpStage({
    kind,
    place,
    workers,
    refreshTimeoutMs: REFRESH_TIMEOUT_MS,
    leaseTtlMs: LEASE_MS,
  });
  try {
    for (const { gate } of stage.servers) gate.before = gate.after = () => sleep(LATENCY_MS * Math.random());
    const lost = signInAgainWhenLost(stage);
    await Promise.all(Array.from({ length: processes }, () => stage.spawn()));
    const strikes = await strikeAtRandom(stage, place, ms);
    const calls = await stage.stop(PATIENCE_MS);
    const seen = stage.servers.flatMap(({ gate }) => gate.seen);
    return {
      calls,
      strikes: countsOf(strikes),
      refreshes: seen.filter(({ status }) => status === 200).length,
      failures: countsOf(
        stage.failures.map(({ name, reason }) => `${name}: ${reason.replaceAll(/\d+/g, '#')}`),
      ),
      lost: countsOf(await lost()),
      unexplained: stage.connections.flatMap((connection) => unexplainedRefusals(connection, stage)),
    };
  } finally {
    await stage.close();
  }
}

/** Gives the names of what was done, once all of it is over. */
async function strikeAtRandom(stage: Stage, place: FailingPlace, ms: number): Promise<string[]> {
  const endsAt = performance.now() + ms;
  const strikes: string[] = [];
  const underWay: Promise<unknown>[] = [];
  async function eachSoOften(
    name: string,
    everyMs: number,
    strike: () => Promise<unknown> | undefined,
  ): Promise<void> {
    for (;;) {
      const leftMs = endsAt - performance.now();
      await sleep(Math.max(0, Math.min(leftMs, everyMs * (0.5 + Math.random()))));
      if (performance.now() >= endsAt) return;
      const struck = strike();
      if (struck === undefined) continue;
      strikes.push(name);
      underWay.push(struck);
    }
  }
  const anyone = (): WorkerProcess | undefined => {
    const working = stage.processes.filter(({ isAlive, isPaused }) => isAlive && !isPaused);
    return working[Math.floor(Math.random() * working.length)];
  };
  const stopFor = (pauseMs: number): Promise<void> | undefined =>
    anyone()?.pauseUntil(sleep(Math.max(0, Math.min(pauseMs, endsAt - performance.now()))));
  await Promise.all([
    eachSoOften('killed', 2_000, () => Promise.all([anyone()?.kill(), stage.spawn()])),
    eachSoOften('stopped for a moment', 500, () => stopFor(50 + Math.random() * 450)),
    eachSoOften('stopped beyond a timeout', 3_000, () => stopFor(REFRESH_TIMEOUT_MS * (1 + Math.random()))),
    eachSoOften('stopped beyond the lease', 5_000, () => stopFor(LEASE_MS * 1.2)),
    eachSoOften('store failed', 2_000, () => place.strike?.()),
  ]);
  await Promise.all(underWay);
  return strikes;
}

function unexplainedRefusals({ key, server }: Connection, { processes }: Stage): string[] {
  const { seen } = server.gate;
  return seen.flatMap(({ worker, refreshToken, status }) => {
    if (status === 200) return [];
    const consumed = seen.find((one) => one.refreshToken === refreshToken && one.status === 200);
    const consumer = processes.find(({ order }) => order.worker === consumed?.worker);
    if (consumed && consumer && couldNotStore(consumer, consumed.at)) return [];
    return [`${key}: sent by ${worker}, consumed by ${consumed?.worker ?? 'nobody'}`];
  });
}

/** Whether a process was killed, or stopped beyond its lease, before it can have stored what it was answered then. */
function couldNotStore({ killedAt, pauses }: WorkerProcess, consumedAt: number): boolean {
  const storedBy = consumedAt + LEASE_MS;
  if (killedAt !== undefined && killedAt < storedBy) return true;
  return pauses.some(({ from, to }) => to - from >= HOLDER_MS && from < storedBy && to > consumedAt);
}
