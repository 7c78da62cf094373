import { InvalidRequestError, type Listing, type RecordStore } from '@context-sdk/oauth-core';
import { checkOptions, listing } from '@context-sdk/oauth-core/client-kit';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { keys } from '../../records/keys.ts';
import { checkUserId, invalidInput } from '../../utils/input-checks.ts';
import type { ContextEvent, OnEvent } from '../context-event.ts';

/** An event that the host could not handle, however often it was tried. Kept for 30 days. */
export interface DeadLetter {
  id: string;
  event: ContextEvent;
  /** Tries that failed. */
  attempts: number;
  /** Epoch milliseconds of the last try. */
  failedAt: number;
  /** The name of the last error. Its message could contain anything, so it is not stored. */
  errorName: string;
}

/** Called when an event becomes a dead letter, with the host's last error. What it throws is ignored. */
export type OnDeadLetter = (letter: DeadLetter, error: Error) => unknown;

/** The events that the host could not handle. */
export interface DeadLetters {
  /** All of them, or those of one user. Records that can't be read are left out; `doctor` lists them. */
  list(options?: { userId?: string | undefined }): Listing<DeadLetter>;
  /**
   * Passes one to `onEvent` once more and deletes it if that succeeds. Rejects with what `onEvent` throws, with
   * {@link TimeoutError} after 8 s, with {@link NotFoundError} if there is no such letter, and with
   * {@link GrantChangedError} if the account that it is about is no longer the user's.
   */
  replay(id: string): Promise<void>;
  /** Deletes one unhandled. Succeeds if it is already gone. */
  discard(id: string): Promise<void>;
}

export async function deleteDeadLetter(store: RecordStore, id: string): Promise<void> {
  await store.delete(keyOf(id));
}

export function deadLetters(
  options: Pick<ResolvedOptions, 'store' | 'providers'>,
  onEvent: OnEvent | undefined,
): DeadLetters {
  const { store } = options;
  return {
    list: (which) => {
      checkOptions(which, { userId: 'string' }, invalidInput);
      const userId = which?.userId ?? undefined;
      if (userId !== undefined) checkUserId(userId);
      const prefix = userId === undefined ? keys.deadLetters : keys.deadLettersOf(userId);
      return listing(async function* () {
        const { deadLettersUnder } = await import('./stored-letters.ts');
        yield* deadLettersUnder(store, prefix);
      });
    },
    async replay(id) {
      const key = keyOf(id);
      const { replayLetter } = await import('./replay-letter.ts');
      await replayLetter(options, key, onEvent);
      await store.delete(key);
    },
    discard: async (id) => await deleteDeadLetter(store, id),
  };
}

function keyOf(id: string): string {
  if (typeof id === 'string' && id !== '') return `${keys.deadLetters}${id}`;
  throw new InvalidRequestError('id is empty or not a string.', { field: 'id' });
}
