import type { Context, Schedule } from '@context-sdk/context';

/** One machine whose maintenance is driven by a queue that it shares with others. */
export interface Driven {
  schedule: Schedule;
  /** Does what becomes due, beside any other machine. */
  work(context: Context, options?: { pollEveryMs?: number }): Promise<{ close(): Promise<void> }>;
}
