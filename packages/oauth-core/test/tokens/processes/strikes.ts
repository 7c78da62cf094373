import { setTimeout as sleep } from 'node:timers/promises';
import type { FailingPlace } from './failing-place.ts';
import type { Stage } from './stage.ts';
import type { WorkerProcess } from './worker-process.ts';

export interface StrikeOptions {
  ms: number;
  refreshTimeoutMs: number;
  leaseMs: number;
}

/** How long the server takes at most before it consumes a refresh token, and until its answer is sent. */
const LATENCY_MS = 150;
/** How often a process is struck just while it refreshes: twice in every refresh there is an occasion. */
const AIMED_SHARE = 0.08;

type Strike = (process: WorkerProcess) => Promise<unknown>;

/**
 * Kills and stops processes for a while, at any time and while they refresh, and makes the store fail. Gives the names of
 * what was done, once all of it is over.
 */
export async function strikeAtRandom(
  stage: Stage,
  place: FailingPlace,
  { ms, refreshTimeoutMs, leaseMs }: StrikeOptions,
): Promise<string[]> {
  const endsAt = performance.now() + ms;
  const leftMs = (): number => Math.max(0, endsAt - performance.now());
  const done: string[] = [];
  const underWay: Promise<unknown>[] = [];
  const note = (name: string, strike: Promise<unknown>): Promise<unknown> => {
    done.push(name);
    underWay.push(strike);
    return strike;
  };

  const stopFor =
    (pauseMs: () => number): Strike =>
    (process) =>
      process.pauseUntil(sleep(Math.min(pauseMs(), leftMs())));
  const strikes: Readonly<Record<string, { everyMs: number; share: number; strike: Strike }>> = {
    'stopped for a moment': { everyMs: 500, share: 0.2, strike: stopFor(() => 50 + Math.random() * 450) },
    'stopped beyond a timeout': {
      everyMs: 3_000,
      share: 0.5,
      strike: stopFor(() => refreshTimeoutMs * (1 + Math.random())),
    },
    'stopped beyond the lease': { everyMs: 6_000, share: 0.1, strike: stopFor(() => leaseMs * 1.2) },
    killed: { everyMs: 2_000, share: 0.2, strike: (process) => Promise.all([process.kill(), stage.spawn()]) },
  };

  function aim(name: string): void {
    const process = stage.processes.find(({ order }) => order.worker === name);
    if (process === undefined || !isWorking(process) || leftMs() === 0 || Math.random() > AIMED_SHARE) return;
    let chance = Math.random();
    for (const [what, { share, strike }] of Object.entries(strikes)) {
      if (chance < share) {
        void note(`${what}, aimed`, strike(process));
        return;
      }
      chance -= share;
    }
  }
  for (const { gate } of stage.servers)
    gate.before = gate.after = async (name) => {
      await sleep(LATENCY_MS * Math.random());
      aim(name);
    };

  async function eachSoOften(everyMs: number, act: () => unknown): Promise<void> {
    for (;;) {
      await sleep(Math.min(leftMs(), everyMs * (0.5 + Math.random())));
      if (leftMs() === 0) return;
      await act();
    }
  }
  const atAnyTime = Object.entries(strikes).map(([name, { everyMs, strike }]) =>
    eachSoOften(everyMs, () => {
      const working = stage.processes.filter(isWorking);
      const process = working[Math.floor(Math.random() * working.length)];
      if (process !== undefined) void note(name, strike(process));
    }),
  );
  const { strike: strikeStore } = place;
  if (strikeStore !== undefined)
    atAnyTime.push(eachSoOften(2_000, () => note('store failed', strikeStore())));
  await Promise.all(atAnyTime);
  await Promise.all(underWay);
  return done;
}

function isWorking({ isAlive, isPaused }: WorkerProcess): boolean {
  return isAlive && !isPaused;
}
