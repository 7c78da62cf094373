import type { SharedKind } from '../../support/open-store.ts';
import { couldNotStore } from './could-not-store.ts';
import { newFailingPlace } from './failing-place.ts';
import { signInAgainWhenLost } from './sign-in-again.ts';
import { type Connection, countsOf, setUpStage, type Stage } from './stage.ts';
import { strikeAtRandom } from './strikes.ts';

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
  /** Refused refreshes whose token no process had consumed that could not store the new one. */
  unexplained: readonly string[];
}

/** Long enough for a machine so busy that the server itself is late: an answer that comes after it is lost. */
const REFRESH_TIMEOUT_MS = 2_000;
const LEASE_MS = 7_500;

/** For calls to come to their end when chaos is over. */
const PATIENCE_MS = 1_000;

/** Kills and stops processes at random while they work, and makes their store fail. */
export async function chaos({ kind, processes, workers, ms }: ChaosOptions): Promise<ChaosResult> {
  const place = await newFailingPlace(kind);
  const stage = await setUpStage({
    kind,
    place,
    workers,
    pauseMs: 200,
    refreshTimeoutMs: REFRESH_TIMEOUT_MS,
    leaseTtlMs: LEASE_MS,
  });
  try {
    const lost = signInAgainWhenLost(stage);
    await Promise.all(Array.from({ length: processes }, () => stage.spawn()));
    const strikes = await strikeAtRandom(stage, place, {
      ms,
      refreshTimeoutMs: REFRESH_TIMEOUT_MS,
      leaseMs: LEASE_MS,
    });
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

function unexplainedRefusals({ key, server }: Connection, { processes }: Stage): string[] {
  const { seen } = server.gate;
  return seen.flatMap(({ worker, refreshToken, status }) => {
    if (status === 200) return [];
    const consumed = seen.find((one) => one.refreshToken === refreshToken && one.status === 200);
    const consumer = processes.find(({ order }) => order.worker === consumed?.worker);
    if (consumed && consumer && couldNotStore(consumer, consumed, LEASE_MS)) return [];
    const known = consumer && { ...consumed, pauses: consumer.pauses, hindrances: consumer.hindrances };
    return [
      `${key}: sent by ${worker}, consumed by ${consumed?.worker ?? 'nobody'} ${JSON.stringify(known)}`,
    ];
  });
}
