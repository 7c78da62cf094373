import type { RecordStore, StoredRecord } from '@context-sdk/oauth-core';
import { CLOCK_TOLERANCE_MS, parseJsonObject } from '@context-sdk/oauth-core/client-kit';
import { isUnreadable, overwriteJson } from './json-record.ts';
import { isCount, isFlag, isTime, shapeOf } from './shape.ts';

/** What a pause says of itself, for the case that its record loses its TTL, as in a store that is copied by hand. */
interface Pause {
  /** How long it lasts. */
  ms: number;
  /** When it began by its writer's clock, in epoch milliseconds. */
  at: number;
  /** Set once a reader's clock disagreed, and has had it begin anew. */
  isSeen?: boolean;
}

const PAUSE = shapeOf({ ms: isCount, at: isTime }, { isSeen: isFlag });
/** Of one that earlier versions wrote, which says nothing. */
const UNKNOWN: Pause = { ms: 60_000, at: 0 };

function isPause(value: unknown): value is Pause {
  return PAUSE(value);
}

/**
 * Begins a pause that all machines see end together: it is a record whose TTL runs on the store's clock. No wall clock of one
 * machine decides when a pause is over.
 */
export async function beginPause(store: RecordStore, key: string, ms: number): Promise<void> {
  const pause = pauseOf(ms);
  await overwriteJson(store, key, pause, { ttlMs: pause.ms });
}

/** Begins a pause unless there is one. Returns whether this process has begun it. */
export async function tryToPause(store: RecordStore, key: string, ms: number): Promise<boolean> {
  if (await isPaused(store, key)) return false;
  const pause = pauseOf(ms);
  const version = await store.compareAndSet(key, undefined, JSON.stringify(pause), { ttlMs: pause.ms });
  return version !== undefined;
}

/** The record of a pause that is not over yet. One that can't be decrypted may never end: it counts as over, and goes. */
export async function readPause(store: RecordStore, key: string): Promise<StoredRecord | undefined> {
  try {
    return await store.get(key);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    await store.delete(key);
    return undefined;
  }
}

/** Whether the pause is not over yet. One that should be by this machine's clock begins anew, once: it may have lost its TTL. */
export async function isPaused(store: RecordStore, key: string): Promise<boolean> {
  const record = await readPause(store, key);
  if (record === undefined) return false;
  const read = parseJsonObject(record.value);
  const { ms, at, isSeen } = isPause(read) ? read : UNKNOWN;
  if (!isSeen && Math.abs(Date.now() - at) > ms + CLOCK_TOLERANCE_MS) {
    const pause: Pause = { ...pauseOf(ms), isSeen: true };
    await store.compareAndSet(key, record.version, JSON.stringify(pause), { ttlMs: pause.ms });
  }
  return true;
}

function pauseOf(ms: number): Pause {
  return { ms: Math.max(1, Math.ceil(ms)), at: Date.now() };
}
