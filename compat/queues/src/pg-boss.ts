import { PgBoss } from 'pg-boss';
import type { Driven } from './driven.ts';

const NAME = 'maintenance';

/** A queue in PostgreSQL: at most one job that waits, and one that is being done, for each of ours. */
export async function onPgBoss(connectionString: string, schema: string): Promise<Driven> {
  const boss = await new PgBoss({ connectionString, schema }).start();
  await boss.createQueue(NAME, {
    policy: 'stately',
    // Longer than a step takes, which ends after 100 seconds. Whatever fails is repeated: nothing else would plan the job again.
    expireInSeconds: 150,
    retryLimit: 1_000_000,
    retryDelay: 30,
    deleteAfterSeconds: 60,
  });
  const after = (dueAt: number): Date => new Date(Math.max(dueAt, Date.now()));
  return {
    schedule: {
      async plan(jobs, dueAt, options) {
        for (const singletonKey of [jobs].flat()) {
          const timed = { singletonKey, startAfter: after(dueAt) };
          // A repair leaves what is planned as it is: pg-boss sends no second one that waits under the same key.
          if (options?.keepUntil === undefined) await boss.upsert(NAME, { job: singletonKey }, timed);
          else await boss.send(NAME, { job: singletonKey }, timed);
        }
      },
      async cancel(key) {
        const waiting = await boss.findJobs(NAME, { key, queued: true });
        if (waiting.length > 0)
          await boss.deleteJob(
            NAME,
            waiting.map(({ id }) => id),
          );
      },
      // The queue's workers take what is due.
      claim: async () => [],
    },

    async work(context, options) {
      await boss.work<{ job: string }>(
        NAME,
        { batchSize: 16, pollingIntervalSeconds: 0.5 },
        async (batch) => {
          await Promise.all(
            batch.map(async ({ data: { job } }) => {
              const { dueAt } = await context.maintain(job, options);
              // What was planned during the step is sooner, and stays.
              if (dueAt !== undefined)
                await boss.send(NAME, { job }, { singletonKey: job, startAfter: after(dueAt) });
            }),
          );
        },
      );
      return { close: () => boss.stop({ graceful: true }) };
    },
  };
}
