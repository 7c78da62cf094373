import type { RecordStore } from '@context-sdk/oauth-core';
import { keys } from './keys.ts';
import { keysUnder } from './list-keys.ts';

/** Ends all sessions of a user, also one that is rotated meanwhile. Returns how many there were. */
export async function deleteSessions(store: RecordStore, userId: string): Promise<number> {
  const prefix = keys.userSessions(userId);
  let ended = 0;
  let isAnyGone: boolean;
  do {
    isAnyGone = false;
    for await (const key of keysUnder(store, prefix)) {
      const session = keys.session(key.slice(prefix.length));
      if (await store.delete(session)) ended += 1;
      // It may have been rotated since it was listed: then the list has another one by now.
      else isAnyGone = true;
      await store.delete(key);
      // One that began in between finds that it is not on the list any more, or is found here.
      await store.delete(session);
    }
  } while (isAnyGone);
  return ended;
}
