import type { RecordStore, Schedule } from '@context-sdk/oauth-core';
import { REVOCATIONS } from '../../options/revocations.ts';
import { keys } from '../../records/keys.ts';
import { keysUnder } from '../../records/list-keys.ts';
import { DAY_MS } from '../change-source.ts';

/** Everything is planned when it comes into being. What got lost is found within this time. */
export const WALK_EVERY_MS: number = DAY_MS / 4;
const BATCH = 500;

/**
 * Plans what has to be maintained and is not planned, for all users. `keepMs`: what is due within this time stays as it is,
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
    for await (const key of keysUnder(store, prefix)) {
      batch.push(key);
      if (batch.length === BATCH) await planBatch();
    }
    if (batch.length > 0) await planBatch();
  }
  const [revocation] = await store.list(keys.revocations, { limit: 1 });
  const now = Date.now();
  if (revocation !== undefined) await schedule.plan(REVOCATIONS, now, { keepUntil: now + keepMs });
}
