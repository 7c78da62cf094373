import { InvalidRequestError, type Listing, NotFoundError, type RecordStore } from '@context-sdk/oauth-core';
import { checkOptions, listing } from '@context-sdk/oauth-core/client-kit';
import { overwriteJson, readJsonIfReadable } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { recordsUnder } from '../../records/read-under.ts';
import { isNumber, isText, isTime, shapeOf } from '../../records/shape.ts';
import { checkUserId, invalidInput } from '../../utils/input-checks.ts';
import type { ContextEvent, OnEvent } from '../context-event.ts';
import { isEvent } from './event-shape.ts';
import { handleInTime } from './handle-in-time.ts';

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
   * {@link TimeoutError} after 8 s, and with {@link NotFoundError} if there is no such letter.
   */
  replay(id: string): Promise<void>;
  /** Deletes one unhandled. Succeeds if it is already gone. */
  discard(id: string): Promise<void>;
}

/** Stores a dead letter under the event's key. */
export async function saveDeadLetter(
  store: RecordStore,
  id: string,
  letter: Omit<DeadLetter, 'id'>,
): Promise<DeadLetter> {
  await overwriteJson(store, `${keys.deadLetters}${id}`, letter, { ttlMs: KEPT_MS });
  return { id, ...letter };
}

export function deadLetters(store: RecordStore, onEvent: OnEvent | undefined): DeadLetters {
  return {
    list: (options) => {
      checkOptions(options, { userId: 'string' }, invalidInput);
      const userId = options?.userId ?? undefined;
      if (userId !== undefined) checkUserId(userId);
      const prefix = userId === undefined ? keys.deadLetters : keys.deadLettersOf(userId);
      return listing(() => readAll(store, prefix));
    },
    async replay(id) {
      const letter = await readDeadLetter(store, keyOf(id));
      if (letter === undefined) throw new NotFoundError('There is no such dead letter.');
      const error = onEvent && (await handleInTime(letter.event, onEvent));
      if (error !== undefined) throw error;
      await store.delete(keyOf(id));
    },
    async discard(id) {
      await store.delete(keyOf(id));
    },
  };
}

type StoredLetter = Omit<DeadLetter, 'id'>;

const LETTER = shapeOf({
  event: isEvent,
  attempts: isNumber,
  failedAt: isTime,
  errorName: isText,
});

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
    const letter = deadLetterAt(key, value);
    if (letter !== undefined) yield letter;
  }
}

async function readDeadLetter(store: RecordStore, key: string): Promise<DeadLetter | undefined> {
  return deadLetterAt(key, await readJsonIfReadable<StoredLetter>(store, key));
}

function deadLetterAt(key: string, letter: object | undefined): DeadLetter | undefined {
  return isDeadLetter(letter) ? { ...letter, id: key.slice(keys.deadLetters.length) } : undefined;
}
