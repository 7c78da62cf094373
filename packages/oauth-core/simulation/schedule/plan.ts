import { Random } from '../engine/random.ts';
import type { ScheduleHistory, ScheduleItem } from './history.ts';

const DAY_MS = 86_400_000;

/** The history of a seed. */
export function planSchedule(seed: number): ScheduleHistory {
  const random = new Random(seed, 'schedule');
  const machines = random.int(1, 5);
  const jobs = random.int(1, 12);
  const config = {
    skewMs: Array.from({ length: machines }, () => random.pick([0, 0, 50, -5_000, DAY_MS, -30 * DAY_MS])),
    jobs,
    leaseMs: random.pick([1_000, 5_000]),
    everyMs: random.pick([2_000, 10_000]),
    lost: random.pick([0, 0, 0.02, 0.2]),
  };
  const items: ScheduleItem[] = [];
  const anyJob = (): string => `job-${random.int(0, jobs - 1)}`;
  random.times(0, 8, () => items.push({ type: 'urge', at: random.between(0, 50_000), job: anyJob() }));
  random.times(0, 2, () => items.push({ type: 'cancel', at: random.between(0, 50_000), job: anyJob() }));
  random.times(0, 4, () => {
    const stop = { at: random.between(0, 50_000), process: random.int(0, machines - 1) };
    const ms = random.pick([0.5, 1.5, 4]) * config.leaseMs;
    items.push(random.chance(0.6) ? { type: 'freeze', ...stop, ms } : { type: 'crash', ...stop });
  });
  return { seed, config, items };
}
