import { createHash } from 'node:crypto';
import type { ContextEvent } from '@context-sdk/context';
import { type JobsOptions, Queue } from 'bullmq';
import type { Connected } from './connect.ts';

export const EVENTS = 'events';
export const MAINTENANCE = 'maintenance';

/** Tried for an hour or so; then kept for somebody to look at. */
const RETRIES: JobsOptions = {
  attempts: 10,
  backoff: { type: 'exponential', delay: 2_000 },
  removeOnComplete: { age: 86_400 },
};

/** A job per event, named after what the event is, so that one which comes twice is one job. */
export function eventQueue({ redis: connection, prefix }: Connected): (event: ContextEvent) => Promise<void> {
  const queue = new Queue(EVENTS, { connection, prefix });
  return async (event) => {
    const { source, id, userId } = event;
    const named =
      id &&
      createHash('sha256')
        .update(JSON.stringify([source, userId, id]))
        .digest('hex');
    await queue.add(event.type, event, { ...RETRIES, ...(named && { jobId: named }) });
  };
}

/** One schedule, however many processes set it: every minute one worker of all looks after the connections. */
export async function scheduleMaintenance(
  { redis: connection, prefix }: Connected,
  every = 60_000,
): Promise<void> {
  const queue = new Queue(MAINTENANCE, { connection, prefix });
  await queue.upsertJobScheduler(
    MAINTENANCE,
    { every },
    { opts: { removeOnComplete: true, removeOnFail: 100 } },
  );
}
