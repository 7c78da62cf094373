import { sha256 } from '../../crypto/sha256.ts';
import type { RecordStore } from '../../stores/record-store.ts';
import { ifUnreadable } from '../../stores/store-outcome.ts';
import { pauseKeyOf, readRevocation, type RevocationRecord } from './outbox-records.ts';

/** Marks of one user's entries, so that these are found without reading those of others. Of three parts, as the entries are. */
async function prefixOf(userId: string): Promise<string> {
  return `own-revocation/${await sha256(userId)}/`;
}

/**
 * Marks an entry as one of the user's. To be called before it is stored, and once its pause is: after a crash there is a mark
 * without an entry, rather than an entry that isn't found.
 */
export async function markOwn(store: RecordStore, id: string, userId: string | undefined): Promise<void> {
  if (userId !== undefined) await store.compareAndSet((await prefixOf(userId)) + id, undefined, '{}');
}

/** To be called once the entry is gone. */
export async function unmarkOwn(store: RecordStore, id: string, userId: string | undefined): Promise<void> {
  if (userId !== undefined) await store.delete((await prefixOf(userId)) + id);
}

/** A user's entries that can be read. Marks without one are deleted, unless the entry may still be on its way. */
export async function ownEntries(
  store: RecordStore,
  userId: string,
): Promise<{ id: string; record: RevocationRecord }[]> {
  const prefix = await prefixOf(userId);
  const entries: { id: string; record: RevocationRecord }[] = [];
  for (const key of await store.list(prefix)) {
    const id = key.slice(prefix.length);
    const found = await readRevocation(store, id).catch(ifUnreadable('unreadable' as const));
    if (found === 'unreadable') continue;
    if (found?.record.userId === userId) entries.push({ id, record: found.record });
    else if (found !== undefined || (await store.get(pauseKeyOf(id))) === undefined) await store.delete(key);
  }
  return entries;
}
