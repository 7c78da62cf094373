import type { Schedule } from '@context-sdk/oauth-core';
import { memorySchedule } from '@context-sdk/oauth-core/store-kit';
import { scheduleConformance } from '@context-sdk/oauth-core/testing';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(() => void vi.useRealTimers());

/** Runs the suite outside of the runner, one check after another, and gives the names of those that failed. */
async function failuresOf(createSchedule: () => Schedule): Promise<string[]> {
  const checks: { name: string; run: () => Promise<void> }[] = [];
  const advance = (ms: number): void => void vi.setSystemTime(Date.now() + ms);
  scheduleConformance({ createSchedule, advance, test: (name, run) => checks.push({ name, run }) });
  const failures: string[] = [];
  for (const { name, run } of checks) await run().catch(() => failures.push(name));
  return failures;
}

/** Each breaks one promise; the text is a part of the name of a check that has to notice. */
const BROKEN: readonly [name: string, noticed: string, broken: (schedule: Schedule) => Partial<Schedule>][] =
  [
    [
      'gives what is not due yet',
      'not before',
      (schedule) => ({ plan: (jobs, _dueAt, options) => schedule.plan(jobs, Date.now(), options) }),
    ],
    [
      'keeps the first plan',
      'said last',
      (schedule) => ({
        plan: (jobs, dueAt, options) =>
          schedule.plan(jobs, dueAt, { keepUntil: Date.now() + 1e10, ...options }),
      }),
    ],
    [
      'never ends a claim',
      'until the claim ends',
      (schedule) => ({ claim: (options) => schedule.claim({ ...options, leaseMs: 86_400_000 }) }),
    ],
    [
      'ends a claim at once',
      'nobody else’s',
      (schedule) => ({
        async claim(options) {
          const claimed = await schedule.claim(options);
          for (const { job, dueAt } of claimed) await schedule.plan(job, dueAt);
          return claimed;
        },
      }),
    ],
    [
      'ignores the limit',
      'limit',
      (schedule) => ({ claim: (options) => schedule.claim({ ...options, limit: 100 }) }),
    ],
    [
      'ignores the claim of a plan',
      'keeps that plan',
      (schedule) => ({ plan: (jobs, dueAt) => schedule.plan(jobs, dueAt) }),
    ],
    [
      'brings canceled jobs back',
      'does not come back',
      (schedule) => ({ plan: (jobs, dueAt) => schedule.plan(jobs, dueAt) }),
    ],
    [
      'cancels whatever was planned since',
      'unless it was planned since',
      (schedule) => ({ cancel: (job) => schedule.cancel(job) }),
    ],
    [
      'repairs what needs none',
      'leaves alone',
      (schedule) => ({ plan: (jobs, dueAt, { claim } = {}) => schedule.plan(jobs, dueAt, { claim }) }),
    ],
    [
      'ignores shards',
      'share all jobs out',
      (schedule) => ({ claim: ({ limit, leaseMs }) => schedule.claim({ limit, leaseMs }) }),
    ],
    [
      'takes the newest first',
      'claimed first',
      (schedule) => ({
        plan: (jobs, dueAt, options) => schedule.plan(jobs, Math.max(dueAt, Date.now()), options),
      }),
    ],
  ];

describe('24.1: the suite notices a schedule that', () => {
  test.each(BROKEN)('%s', async (_name, noticed, broken) => {
    const failures = await failuresOf(() => {
      const schedule = memorySchedule();
      return { ...schedule, ...broken(schedule) };
    });
    expect(failures).toContainEqual(expect.stringContaining(noticed));
  });
});

test('24.1: the suite finds nothing wrong with a schedule that is right', async () => {
  expect(await failuresOf(memorySchedule)).toEqual([]);
});
