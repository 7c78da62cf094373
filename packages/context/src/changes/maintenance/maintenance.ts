import type { Schedule } from '@context-sdk/oauth-core';
import { checkedCallOptions, checkOptions, tellListener } from '@context-sdk/oauth-core/client-kit';
import { memorySchedule } from '@context-sdk/oauth-core/store-kit';
import type { JobPlanner } from '../../options/job-planner.ts';
import { invalidInput } from '../../utils/input-checks.ts';
import { SharedFlights } from '../../utils/shared-flights.ts';
import { checkIntervals, SUBSCRIPTION_OPTIONS, type SubscriptionOptions } from '../subscription-options.ts';
import { maintainJob, type MaintenanceParts, type MaintenanceStep } from './maintain-job.ts';
import {
  checkMaintenance,
  MAINTENANCE_OPTIONS,
  type MaintenanceOptions,
  type RunningMaintenance,
  type StartOptions,
} from './maintenance-options.ts';
import { addReport, emptyReport, type MaintenanceReport } from './maintenance-report.ts';
import { MaintenanceRun, type RunOptions } from './maintenance-run.ts';
import { LONGEST_POLL_EVERY_MS, plannedInterval, savePlannedInterval } from './planned-interval.ts';
import { walkNow } from './walk.ts';

const DEFAULT_PLACES = 4;
/** A pass that finds more and more that is due ends after this, so that a scheduler sees it end. */
const MAX_PASS_MS = 60_000;

/** Maintains all connections of all users in this process. */
export class Maintenance {
  readonly #parts: Omit<MaintenanceParts, 'schedule'>;
  readonly #planner: JobPlanner;
  readonly #flights = new SharedFlights<MaintenanceReport>();
  /** The interval of the last pass of this process. */
  #pollEveryMs: number | undefined;
  /** For which interval everything was last brought forward, and when on the monotonic clock. */
  #broughtForward = { everyMs: Number.POSITIVE_INFINITY, at: Number.NEGATIVE_INFINITY };

  constructor(parts: Omit<MaintenanceParts, 'schedule'>, planner: JobPlanner) {
    this.#parts = parts;
    this.#planner = planner;
  }

  /** Does everything that is due. Calls at the same time with the same options are one. */
  async runOnce(options?: MaintenanceOptions): Promise<MaintenanceReport> {
    const { signal } = checkedCallOptions(options, 'context', MAINTENANCE_OPTIONS);
    checkOptions(options, MAINTENANCE_OPTIONS, invalidInput);
    checkMaintenance(options);
    const { concurrency, shard, pollEveryMs, slowPollEveryMs, maxPollEveryMs } = options ?? {};
    const key = JSON.stringify({ concurrency, shard, pollEveryMs, slowPollEveryMs, maxPollEveryMs });
    return await this.#flights.join(key, signal, async (ownSignal) => {
      const report = emptyReport();
      const startedAt = performance.now();
      const schedule = await this.#schedule({ ...options, signal: ownSignal });
      await this.#run(
        schedule,
        { ...options, signal: ownSignal },
        {
          isPass: true,
          isOver: () => performance.now() - startedAt > MAX_PASS_MS,
          onStep: (step) => addReport(report, step.report),
        },
      );
      return report;
    });
  }

  /** Does what is due for one job, and plans nothing: that is up to the host's queue. */
  async step(job: string, options?: SubscriptionOptions): Promise<MaintenanceStep> {
    if (typeof job !== 'string' || job === '') throw invalidInput('job', 'must be text, and not empty');
    const { signal } = checkedCallOptions(options, 'context', SUBSCRIPTION_OPTIONS);
    checkOptions(options, SUBSCRIPTION_OPTIONS, invalidInput);
    checkIntervals(options);
    const schedule = this.#planner.schedule ?? memorySchedule();
    return await maintainJob({ ...this.#parts, schedule }, job, { ...options, signal });
  }

  /** Does what is due whenever it is, until it is stopped. The options are checked. */
  start(startOptions?: StartOptions): RunningMaintenance {
    const { everyMs = 5_000, onStep, onError, ...options } = startOptions ?? {};
    const state = { isStopped: false, wake: (): void => undefined };
    const loop = async (): Promise<void> => {
      while (!state.isStopped) {
        try {
          const schedule = await this.#schedule(options);
          await this.#run(schedule, options, {
            isPass: false,
            isOver: () => state.isStopped,
            onStep: (step) => tellListener(onStep, step),
          });
        } catch (error) {
          tellListener(onError, error);
        }
        if (!state.isStopped) await pause(everyMs, state);
      }
    };
    const running = loop();
    return {
      async stop() {
        state.isStopped = true;
        state.wake();
        await running;
      },
    };
  }

  async #run(
    schedule: Schedule,
    { concurrency = DEFAULT_PLACES, shard, ...sync }: MaintenanceOptions,
    run: Pick<RunOptions, 'isPass' | 'isOver' | 'onStep'>,
  ): Promise<void> {
    const places = Math.max(1, Math.floor(concurrency ?? DEFAULT_PLACES));
    const parts = { ...this.#parts, schedule };
    const options = { places, shard: shard ?? undefined, sync, ...run };
    await new MaintenanceRun(parts, this.#planner, options).run();
  }

  /** The store's, or else one for this run alone, with everything in it. */
  async #schedule({ pollEveryMs, signal }: MaintenanceOptions): Promise<Schedule> {
    const { store } = this.#parts;
    const { schedule } = this.#planner;
    if (schedule === undefined) {
      const own = memorySchedule();
      await walkNow(store, own, signal);
      return own;
    }
    const everyMs = pollEveryMs ?? LONGEST_POLL_EVERY_MS;
    if (everyMs !== this.#pollEveryMs) await this.#adopt(schedule, everyMs, signal);
    this.#pollEveryMs = everyMs;
    return schedule;
  }

  /** What was planned by a longer interval would be late. */
  async #adopt(schedule: Schedule, everyMs: number, signal: AbortSignal | undefined): Promise<void> {
    const { store } = this.#parts;
    const plannedMs = await plannedInterval(store);
    if (everyMs === plannedMs) return;
    if (everyMs < plannedMs) await this.#bringForward(schedule, everyMs, signal);
    await savePlannedInterval(store, everyMs);
  }

  /** Looks at all records, so it does so seldom where passes with different intervals take turns. */
  async #bringForward(schedule: Schedule, everyMs: number, signal: AbortSignal | undefined): Promise<void> {
    const now = performance.now();
    const { everyMs: lastMs, at } = this.#broughtForward;
    if (everyMs >= lastMs && now - at < LONGEST_POLL_EVERY_MS) return;
    await walkNow(this.#parts.store, schedule, signal, everyMs);
    this.#broughtForward = { everyMs, at: now };
  }
}

/** Waits, unless it is woken. */
async function pause(ms: number, sleeper: { wake: () => void }): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  sleeper.wake = resolve;
  const timer = setTimeout(resolve, ms);
  await promise;
  clearTimeout(timer);
}
