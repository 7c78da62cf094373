import { fileStore } from '../../../src/stores/file-store.ts';
import type { RecordStore } from '../../../src/stores/record-store.ts';
import { sqliteStore } from '../../../src/stores/sqlite-store.ts';

/** The stores that several processes can share without a server. */
export const SHARED_STORES = ['file', 'sqlite'] as const;

export function openStore(kind: string | undefined, location: string | undefined): RecordStore {
  if (location === undefined) throw new Error('no location');
  return kind === 'file' ? fileStore(location) : sqliteStore(location);
}
