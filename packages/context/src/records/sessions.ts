import type { RecordStore } from '@context-sdk/oauth-core';
import { keys } from './keys.ts';
import { keysUnder } from './list-keys.ts';

/** Ends all sessions of a user. Returns how many there were. */
export async function deleteSessions(store: RecordStore, userId: string): Promise<number> {
  let ended = 0;
  for await (const key of keysUnder(store, keys.userSessions(userId))) {
    const id = key.slice(keys.userSessions(userId).length);
    if (await store.delete(keys.session(id))) ended += 1;
    await store.delete(key);
  }
  return ended;
}
