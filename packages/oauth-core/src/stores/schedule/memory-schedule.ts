import { checkedCancel, checkedClaim, checkedPlan, CLOCK_TOLERANCE_MS, shardOf } from './checked-plan.ts';
import type { Schedule } from './schedule.ts';

interface Entry {
  dueAt: number;
  /** When it was planned, in epoch milliseconds. */
  plannedAt: number;
}

/** A schedule in this process's memory, for single processes: it follows `Date.now`, and a claim looks at every job. */
export function memorySchedule(): Schedule {
  const entries = new Map<string, Entry>();
  return {
    async plan(...args) {
      const { jobs, delayMs, claim, keepMs } = checkedPlan(...args);
      const plannedAt = Date.now();
      const dueAt = plannedAt + delayMs;
      for (const job of jobs) {
        const current = entries.get(job)?.dueAt;
        const isKept = keepMs !== undefined && current !== undefined && current <= plannedAt + keepMs;
        const isOver = claim !== undefined && current !== claim;
        if (!isKept && !isOver) entries.set(job, { dueAt, plannedAt });
      }
    },

    async cancel(job, options) {
      const claim = checkedCancel(job, options);
      if (claim === undefined || entries.get(job)?.dueAt === claim) entries.delete(job);
    },

    async claim(options) {
      const { limit, leaseMs, shard } = checkedClaim(options);
      const now = Date.now();
      const due: { job: string; dueAt: number }[] = [];
      for (const [job, { dueAt, plannedAt }] of entries) {
        const isDue = dueAt <= now || plannedAt > now + CLOCK_TOLERANCE_MS;
        if (isDue && (shard.count === 1 || shardOf(job) % shard.count === shard.index))
          due.push({ job, dueAt });
      }
      const claimed = due.toSorted((one, other) => one.dueAt - other.dueAt).slice(0, limit);
      const until = now + leaseMs;
      for (const { job } of claimed) entries.set(job, { dueAt: until, plannedAt: now });
      return claimed.map(({ job, dueAt }) => ({ job, dueAt, claim: String(until) }));
    },
  };
}
