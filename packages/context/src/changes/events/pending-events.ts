import type { RecordStore } from '@context-sdk/oauth-core';
import { overwriteJson, readJsonIfReadable } from '../../records/json-record.ts';
import type { OutgoingEvent } from './outgoing-event.ts';

const MINUTE_MS = 60_000;
const MAX_DELAY_MS = 60 * MINUTE_MS;
/** Longer than all tries take. */
const KEPT_MS = 30 * 24 * 3_600_000;

/** An event that the host could not handle. */
export interface PendingEvent extends OutgoingEvent {
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
  const delayMs = attempts <= 1 ? 0 : Math.min(2 ** (attempts - 2) * MINUTE_MS, MAX_DELAY_MS);
  const pending: PendingEvent = { ...outgoing, attempts, nextAt: Date.now() + delayMs };
  await overwriteJson(store, key, pending, { ttlMs: KEPT_MS });
  return pending.nextAt;
}

/** An event that waits for another try, and for how many milliseconds; undefined if it is gone or damaged. */
export async function pendingEventAt(
  store: RecordStore,
  key: string,
): Promise<{ pending: PendingEvent; waitMs: number } | undefined> {
  const pending = await readPendingEvent(store, key);
  if (pending === undefined) return undefined;
  const waitMs = pending.nextAt - Date.now();
  // A longer wait was written by a clock that was ahead.
  return { pending, waitMs: waitMs > MAX_DELAY_MS ? 0 : waitMs };
}

async function readPendingEvent(store: RecordStore, key: string): Promise<PendingEvent | undefined> {
  const pending = await readJsonIfReadable<Partial<PendingEvent>>(store, key);
  const isComplete = typeof pending?.event?.source === 'string' && typeof pending.nextAt === 'number';
  return isComplete ? (pending as PendingEvent) : undefined;
}
