import { checkedCancel, checkedClaim, checkedPlan, shardOf } from './checked-plan.ts';
import type { Schedule } from './schedule.ts';

/** A schedule in this process's memory, for single processes: it follows `Date.now`, and a claim looks at every job. */
export function memorySchedule(): Schedule {
  const dueAts = new Map<string, number>();
  return {
    async plan(...args) {
      const { jobs, delayMs, claim, keepMs } = checkedPlan(...args);
      const now = Date.now();
      const dueAt = now + delayMs;
      for (const job of jobs) {
        const current = dueAts.get(job);
        const isKept = keepMs !== undefined && current !== undefined && current <= now + keepMs;
        const isOver =
          claim !== undefined && (current === undefined || (current !== claim && current <= dueAt));
        if (!isKept && !isOver) dueAts.set(job, dueAt);
      }
    },

    async cancel(job, options) {
      const claim = checkedCancel(job, options);
      if (claim === undefined || dueAts.get(job) === claim) dueAts.delete(job);
    },

    async claim(options) {
      const { limit, leaseMs, shard } = checkedClaim(options);
      const now = Date.now();
      const due: { job: string; dueAt: number }[] = [];
      for (const [job, dueAt] of dueAts) {
        const isDue = dueAt <= now && (shard.count === 1 || shardOf(job) % shard.count === shard.index);
        if (isDue) due.push({ job, dueAt });
      }
      const claimed = due.toSorted((one, other) => one.dueAt - other.dueAt).slice(0, limit);
      const until = now + leaseMs;
      for (const { job } of claimed) dueAts.set(job, until);
      return claimed.map(({ job, dueAt }) => ({ job, dueAt, claim: String(until) }));
    },
  };
}
