import { CLOCK_TOLERANCE_MS } from '../../hooks/clock-skew.ts';
import { parseJsonObject } from '../../json/json-object.ts';
import type { RecordStore } from '../../stores/record-store.ts';
import { pauseKeyOf } from './outbox-records.ts';

/** Exists while an entry is worked on, and while its next attempt has to wait: by the store's clock. */
export async function beginPause(store: RecordStore, id: string, ms: number): Promise<void> {
  const key = pauseKeyOf(id);
  const pause = await store.get(key);
  await store.compareAndSet(key, pause?.version, pauseText(ms), { ttlMs: ms });
}

/** Begins a pause unless there is one. Returns whether it has begun. */
export async function tryToPause(store: RecordStore, id: string, ms: number): Promise<boolean> {
  const version = await store.compareAndSet(pauseKeyOf(id), undefined, pauseText(ms), { ttlMs: ms });
  return version !== undefined;
}

/** A pause that should be over by this machine's clock begins anew, once: it may have lost its TTL, as in a copied store. */
export async function renewIfOverdue(store: RecordStore, id: string, usualMs: number): Promise<void> {
  const pause = await store.get(pauseKeyOf(id));
  if (pause === undefined) return;
  const { at, ms = usualMs, isSeen } = parseJsonObject(pause.value) ?? {};
  if (isSeen === true || typeof ms !== 'number') return;
  if (typeof at === 'number' && Math.abs(Date.now() - at) <= ms + CLOCK_TOLERANCE_MS) return;
  const text = JSON.stringify({ at: Date.now(), ms, isSeen: true });
  await store.compareAndSet(pauseKeyOf(id), pause.version, text, { ttlMs: ms });
}

function pauseText(ms: number): string {
  return JSON.stringify({ at: Date.now(), ms });
}
