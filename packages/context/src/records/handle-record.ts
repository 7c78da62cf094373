import type { RecordStore } from '@context-sdk/oauth-core';
import { DAY_MS, isObject } from '@context-sdk/oauth-core/client-kit';
import { isUnreadable, overwriteJson, updateJson } from './json-record.ts';

/** Handles in the stead of a lost record get numbers that none had before, as fast as handles may have been given. */
const PER_MS = 0.01;
/** Longer than a conversation that knows a handle of an account that was left. */
const KEPT_MS = 30 * DAY_MS;

/** What every record of an assistant's handles has. */
export function isHandleRecord(value: object | undefined): boolean {
  const { next, known }: { next?: unknown; known?: unknown } = value ?? {};
  return Number.isInteger(next) && isObject(known) && Object.values(known).every(isObject);
}

/** The first number after those of a record that is lost: an old handle must not name another item. */
export function numberAfterLoss(): number {
  return Math.floor(Date.now() * PER_MS);
}

/** Stands in for a record of handles that is lost. */
export function lostHandles(): { value: object } {
  return { value: { owner: '', next: numberAfterLoss(), known: {} } };
}

/** Forgets the items of an account that was left. Their numbers stay taken: an old handle must not name another item. */
export async function forgetHandles(store: RecordStore, key: string): Promise<void> {
  const options = { ttlMs: KEPT_MS };
  try {
    await updateJson<{ next?: number | undefined }>(
      store,
      key,
      (record) =>
        record && {
          owner: '',
          next: isHandleRecord(record) ? record.next : numberAfterLoss(),
          known: {},
        },
      options,
    );
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    await overwriteJson(store, key, lostHandles().value, options);
  }
}
