import { delay } from '../../timing/delay.ts';
import type { Schedule } from '../schedule/schedule.ts';
import { scheduleChecks } from './schedule-checks.ts';

/** The runner to use and the schedule to try. */
export interface ScheduleConformanceOptions {
  /** Registers a test with any runner: `test` of `node:test`, of Vitest, … */
  test: (name: string, run: () => Promise<void>) => unknown;
  /** Gives an empty schedule; called once per test. */
  createSchedule: () => Schedule | Promise<Schedule>;
  /** Opens a second schedule on the backend of the first, as another process would. */
  reopen?: ((schedule: Schedule) => Schedule | Promise<Schedule>) | undefined;
  /** Moves the clocks of the schedule and of this process by so many milliseconds; without it the tests wait, some 0.1 s each. */
  advance?: ((ms: number) => void | Promise<void>) | undefined;
}

/**
 * Tests that a {@link Schedule} keeps every promise of the port, for a host's own as for the SDK's. Tests fail with errors of
 * `node:assert`.
 *
 * @example
 * import { test } from 'node:test';
 * scheduleConformance({ test, createSchedule: () => new MySchedule() });
 */
export function scheduleConformance({
  test,
  createSchedule,
  reopen,
  advance,
}: ScheduleConformanceOptions): void {
  const pass = async (ms: number): Promise<void> => (advance ? advance(ms) : delay(ms));
  for (const { name, run } of scheduleChecks)
    test(name, async () => {
      const schedule = await createSchedule();
      await run({ schedule, other: reopen ? await reopen(schedule) : schedule, pass });
    });
}
