import { StoreError } from '../../errors/index.ts';
import type { RecordStore } from '../../stores/record-store.ts';
import { readRevocation, recordKeyOf, revocationRecord } from './outbox-records.ts';
import type { GrantToRevoke } from './pending-revocation.ts';
import { beginPause } from './revocation-pause.ts';

/** Gives an entry that nobody has attempted yet its new facts. One that can't be read is replaced. */
export async function addAgain(
  store: RecordStore,
  id: string,
  grant: GrantToRevoke,
  afterMs: number,
): Promise<void> {
  const key = recordKeyOf(id);
  const found = await readRevocation(store, id).catch(async (error: unknown) => {
    if (!(error instanceof StoreError) || error.retryable) throw error;
    await store.delete(key);
    return undefined;
  });
  if (found !== undefined && found.record.attempts > 0) return;
  const next = revocationRecord(grant);
  const since = found?.record.since ?? next.since;
  await store.compareAndSet(key, found?.version, JSON.stringify({ ...next, since }));
  await beginPause(store, id, afterMs);
}
