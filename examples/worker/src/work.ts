import type { ContextEvent } from '@context-sdk/context';
import { Worker } from 'bullmq';
import type { Connected } from './connect.ts';
import { eventQueue, EVENTS, MAINTENANCE } from './queues.ts';

/** A worker that dies is noticed, and its jobs go to another: looked for so often, in milliseconds. */
const ALIVE = { lockDuration: 4_000, stalledInterval: 2_000 };

/** What the host does with an event, for as long as it takes. */
export type Handle = (event: ContextEvent) => Promise<void>;

/** Takes events and maintenance off the queues; what polling finds goes back onto them. */
export function work(connected: Connected, handle: Handle): { close(): Promise<void> } {
  const { redis: connection, prefix } = connected;
  const context = connected.context(eventQueue(connected));
  const events = new Worker<ContextEvent>(EVENTS, ({ data }) => handle(data), {
    connection,
    prefix,
    concurrency: 8,
    ...ALIVE,
  });
  const maintenance = new Worker(
    MAINTENANCE,
    async () => {
      const { failures, ...counts } = await context.runMaintenance();
      return {
        ...counts,
        failures: failures.map(({ userId, service, error }) => `${userId} ${service} ${error.code}`),
      };
    },
    { connection, prefix, ...ALIVE },
  );
  for (const worker of [events, maintenance]) worker.on('error', (error) => console.error(error.message));
  return {
    async close() {
      await Promise.all([events.close(), maintenance.close()]);
    },
  };
}
