import type { RecordStore } from '@context-sdk/oauth-core';
import { overwriteJson, readJsonIfReadable } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { recordsUnder } from '../../records/read-under.ts';
import { isNumber, isText, isTime, listOf, shapeOf } from '../../records/shape.ts';
import type { DeadLetter } from './dead-letters.ts';
import { isEvent } from './event-shape.ts';
import type { OutgoingEvent } from './outgoing-event.ts';
import { type EventRest, restOf, restored } from './stored-event.ts';

const KEPT_MS = 30 * 24 * 3_600_000;

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

type StoredLetter = Omit<DeadLetter, 'id'> & Pick<OutgoingEvent, 'owner'> & EventRest;

const LETTER = shapeOf(
  { event: isEvent, attempts: isNumber, failedAt: isTime, errorName: isText },
  { owner: isText, unread: listOf(isText) },
);

/** Whether a record is that of an event which failed too often. */
export function isDeadLetter(value: unknown): value is StoredLetter {
  return LETTER(value);
}

/** A dead letter; undefined if there is none, or none that can be read. */
export async function readDeadLetter(store: RecordStore, key: string): Promise<StoredLetter | undefined> {
  const letter = await readJsonIfReadable(store, key);
  return isDeadLetter(letter) ? restored(letter) : undefined;
}

/** All that can be read. */
export async function* deadLettersUnder(store: RecordStore, prefix: string): AsyncGenerator<DeadLetter> {
  for await (const { key, value } of recordsUnder(store, prefix)) {
    if (isDeadLetter(value)) yield shown(key.slice(keys.deadLetters.length), restored(value));
  }
}

/** A letter as hosts get it: whose account it is about is only compared. */
function shown(id: string, { event, attempts, failedAt, errorName }: StoredLetter): DeadLetter {
  return { id, event, attempts, failedAt, errorName };
}
