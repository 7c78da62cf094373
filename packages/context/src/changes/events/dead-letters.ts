import {
  GrantChangedError,
  InvalidRequestError,
  type Listing,
  NotFoundError,
  type RecordStore,
} from '@context-sdk/oauth-core';
import { checkOptions, listing } from '@context-sdk/oauth-core/client-kit';
import type { ResolvedOptions } from '../../options/resolved-options.ts';
import { overwriteJson, readJsonIfReadable } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { recordsUnder } from '../../records/read-under.ts';
import { isNumber, isText, isTime, listOf, shapeOf } from '../../records/shape.ts';
import { checkUserId, invalidInput } from '../../utils/input-checks.ts';
import type { ContextEvent, OnEvent } from '../context-event.ts';
import { isEvent } from './event-shape.ts';
import { handleInTime } from './handle-in-time.ts';
import { isConnected } from './is-connected.ts';
import { type OutgoingEvent, providerOf } from './outgoing-event.ts';
import { type EventRest, restOf, restored } from './stored-event.ts';

const KEPT_MS = 30 * 24 * 3_600_000;

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

/** Stores a dead letter under the event's key. */
export async function saveDeadLetter(
  store: RecordStore,
  id: string,
  letter: StoredLetter,
): Promise<DeadLetter> {
  const stored: StoredLetter = { ...letter, ...restOf(letter.event) };
  await overwriteJson(store, `${keys.deadLetters}${id}`, stored, { ttlMs: KEPT_MS });
  return shown(id, letter);
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
      return listing(() => readAll(store, prefix));
    },
    async replay(id) {
      const letter = await readJsonIfReadable(store, keyOf(id));
      if (!isDeadLetter(letter)) throw new NotFoundError('There is no such dead letter.');
      if (!(await isConnected(options, letter)))
        throw new GrantChangedError({ service: providerOf(letter.event) });
      const error = onEvent && (await handleInTime(restored(letter).event, onEvent));
      if (error !== undefined) throw error;
      await deleteDeadLetter(store, id);
    },
    discard: async (id) => await deleteDeadLetter(store, id),
  };
}

type StoredLetter = Omit<DeadLetter, 'id'> & Pick<OutgoingEvent, 'owner'> & EventRest;

const LETTER = shapeOf(
  { event: isEvent, attempts: isNumber, failedAt: isTime, errorName: isText },
  { owner: isText, unread: listOf(isText) },
);

/** Whether a record is that of an event which failed too often. */
export function isDeadLetter(value: unknown): value is StoredLetter {
  return LETTER(value);
}

function keyOf(id: string): string {
  if (typeof id === 'string' && id !== '') return `${keys.deadLetters}${id}`;
  throw new InvalidRequestError('id is empty or not a string.', { field: 'id' });
}

async function* readAll(store: RecordStore, prefix: string): AsyncGenerator<DeadLetter> {
  for await (const { key, value } of recordsUnder(store, prefix)) {
    if (isDeadLetter(value)) yield shown(key.slice(keys.deadLetters.length), restored(value));
  }
}

/** A letter as hosts get it: whose account it is about is only compared. */
function shown(id: string, { event, attempts, failedAt, errorName }: StoredLetter): DeadLetter {
  return { id, event, attempts, failedAt, errorName };
}
