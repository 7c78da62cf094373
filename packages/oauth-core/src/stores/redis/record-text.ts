import { StoreError } from '../../errors/index.ts';
import type { StoredRecord } from '../record-store.ts';

/** Versions are UUIDs. */
export const VERSION_LENGTH = 36;

const RECORD = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/;

/** Random, not counted: a counter would begin anew when a record is deleted. */
export function newVersion(): string {
  return crypto.randomUUID();
}

/** A record is one string: its version, then its value. */
export function decodeRecord(text: string): StoredRecord {
  if (!RECORD.test(text))
    throw new StoreError('corrupt', 'A Redis key holds something that the SDK did not write.');
  return { version: text.slice(0, VERSION_LENGTH), value: text.slice(VERSION_LENGTH) };
}
