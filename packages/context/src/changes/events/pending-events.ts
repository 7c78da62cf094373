import type { RecordStore } from '@context-sdk/oauth-core';
import { CLOCK_TOLERANCE_MS } from '@context-sdk/oauth-core/client-kit';
import { overwriteJson, readJsonIfReadable } from '../../records/json-record.ts';
import { keys } from '../../records/keys.ts';
import { beginPause, isPaused } from '../../records/pauses.ts';
import { isNumber, isText, isTime, listOf, shapeOf } from '../../records/shape.ts';
import { isEvent } from './event-shape.ts';
import type { OutgoingEvent } from './outgoing-event.ts';
import { type EventRest, restOf, restored } from './stored-event.ts';

const MINUTE_MS = 60_000;
const MAX_DELAY_MS = 60 * MINUTE_MS;
/** Until it is looked again whether a pause by the store's clock is over. */
const PAUSED_MS = 15_000;
/** Longer than all tries take. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** An event that the host could not handle. */
export interface PendingEvent extends OutgoingEvent, EventRest {
  attempts: number;
  /** Epoch milliseconds. Maintenance does not try before. */
  nextAt: number;
}

/** Records an event for another try, and returns when, in epoch milliseconds: at once after the first failure, then after 1, 2, 4, … minutes, up to an hour. */
export async function savePendingEvent(
  store: RecordStore,
  key: string,
  outgoing: OutgoingEvent,
  attempts: number,
): Promise<number> {
  const delayMs = delayAfter(attempts);
  const nextAt = Date.now() + delayMs;
  const pending: PendingEvent = { ...outgoing, ...restOf(outgoing.event), attempts, nextAt };
  await overwriteJson(store, key, pending, { ttlMs: KEPT_MS });
  if (delayMs > 0) await beginPause(store, pauseKey(key), delayMs);
  return pending.nextAt;
}

/** Deletes an event that is not to be tried again, with its pause. */
export async function deletePendingEvent(store: RecordStore, key: string): Promise<void> {
  await store.delete(key);
  await store.delete(pauseKey(key));
}

function delayAfter(attempts: number): number {
  return attempts <= 1 ? 0 : Math.min(2 ** (attempts - 2) * MINUTE_MS, MAX_DELAY_MS);
}

function pauseKey(key: string): string {
  return keys.pauseOfEvent(key.slice(keys.pendingEvents.length));
}

/** An event that waits for another try, and for how many milliseconds; undefined if it is gone or damaged. */
export async function pendingEventAt(
  store: RecordStore,
  key: string,
): Promise<{ pending: PendingEvent; waitMs: number } | undefined> {
  const pending = await readPendingEvent(store, key);
  return pending && { pending, waitMs: await waitMsOf(store, key, pending) };
}

async function waitMsOf(
  store: RecordStore,
  key: string,
  { nextAt, attempts }: PendingEvent,
): Promise<number> {
  const waitMs = nextAt - Date.now();
  // A longer wait than there is was written by a clock that was ahead.
  if (waitMs > 0) return waitMs > delayAfter(attempts) + CLOCK_TOLERANCE_MS ? 0 : waitMs;
  // By the clock of a machine that is ahead, every wait is over.
  return (await isPaused(store, pauseKey(key))) ? PAUSED_MS : 0;
}

const PENDING = shapeOf(
  { event: isEvent, attempts: isNumber, nextAt: isTime },
  { owner: isText, alsoAs: listOf(isText), to: isText, unread: listOf(isText) },
);

/** Whether a record is that of an event which waits. */
export function isPendingEvent(value: unknown): value is PendingEvent {
  return PENDING(value);
}

async function readPendingEvent(store: RecordStore, key: string): Promise<PendingEvent | undefined> {
  const pending = await readJsonIfReadable(store, key);
  return isPendingEvent(pending) ? restored(pending) : undefined;
}
