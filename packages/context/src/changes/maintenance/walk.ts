import type { RecordStore, Schedule } from '@context-sdk/oauth-core';
import { scanKeys } from '@context-sdk/oauth-core/store-kit';
import { REVOCATIONS } from '../../options/revocations.ts';
import { keys } from '../../records/keys.ts';
import { DAY_MS } from '../change-source.ts';
import { WALK } from './job-names.ts';

/** Everything is planned when it comes into being. What got lost is found within this time. */
export const WALK_EVERY_MS: number = DAY_MS / 4;
const BATCH = 500;

/**
 * Plans what has to be maintained and is not planned, for all users: one scan of the store for each kind of record. `keepMs`: what is due within this time stays as it is,
 * and what is later is due at once. Default: a day, beyond which nothing is ever planned.
 */
export async function planAll(
  store: RecordStore,
  schedule: Schedule,
  signal: AbortSignal | undefined,
  keepMs: number = DAY_MS,
): Promise<void> {
  for (const prefix of [keys.connections, keys.pendingEvents]) {
    let batch: string[] = [];
    const planBatch = async (): Promise<void> => {
      signal?.throwIfAborted();
      const now = Date.now();
      await schedule.plan(batch, now, { keepUntil: now + keepMs });
      batch = [];
    };
    for await (const key of scanKeys(store, prefix)) {
      batch.push(key);
      if (batch.length === BATCH) await planBatch();
    }
    if (batch.length > 0) await planBatch();
  }
  for await (const _ of scanKeys(store, keys.revocations)) {
    const now = Date.now();
    await schedule.plan(REVOCATIONS, now, { keepUntil: now + keepMs });
    break;
  }
}

/** Plans all at once, and puts the next walk off. */
export async function walkNow(...args: Parameters<typeof planAll>): Promise<void> {
  await planAll(...args);
  const [, schedule] = args;
  await schedule.plan(WALK, Date.now() + WALK_EVERY_MS);
}
