import { DelayedError, type JobsOptions, Queue, Worker } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Driven } from './driven.ts';

const NAME = 'maintenance';
/** A step that fails, for example because the store is down, is repeated for ever: nothing else would plan the job again. */
const UNTIL_DONE: JobsOptions = {
  attempts: Number.MAX_SAFE_INTEGER,
  backoff: { type: 'fixed', delay: 30_000 },
  removeOnComplete: true,
};

/** One job of BullMQ for each of ours: its id is ours, in characters that BullMQ takes. */
export function onBullMq(connection: Redis, prefix: string): Driven {
  const queue = new Queue<string>(NAME, { connection, prefix });
  const idOf = (job: string): string => Buffer.from(job).toString('hex');
  return {
    schedule: {
      async plan(jobs, dueAt, options) {
        for (const job of [jobs].flat()) {
          const jobId = idOf(job);
          // A repair leaves what is planned as it is: BullMQ adds no id twice.
          if (options?.keepUntil === undefined) await queue.remove(jobId);
          await queue.add('step', job, { ...UNTIL_DONE, jobId, delay: Math.max(0, dueAt - Date.now()) });
        }
      },
      cancel: async (job) => void (await queue.remove(idOf(job))),
      // The queue's workers take what is due.
      claim: async () => [],
    },

    async work(context, options) {
      const worker = new Worker<string>(
        NAME,
        async (job, token) => {
          const { dueAt } = await context.maintain(job.data, options);
          if (dueAt === undefined) return;
          await job.moveToDelayed(dueAt, token);
          throw new DelayedError();
        },
        { connection, prefix, concurrency: 16, maxStalledCount: Number.MAX_SAFE_INTEGER },
      );
      await worker.waitUntilReady();
      return {
        async close() {
          await worker.close();
          await queue.close();
        },
      };
    },
  };
}
