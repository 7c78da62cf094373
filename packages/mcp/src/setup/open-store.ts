import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordStore } from '@context-sdk/context';
import { encryptedStore } from '@context-sdk/context/encrypted';
import { sqliteStore } from '@context-sdk/context/sqlite';
import { runProgram } from '../keys/run-program.ts';
import { storeKey } from '../keys/store-key.ts';

/** The records of one person: a SQLite database that only they can read, encrypted. Throws {@link ConfigurationError}. */
export async function openStore(folder: string, tell: (text: string) => void): Promise<RecordStore> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(folder, 0o700);
  const path = join(folder, 'records.sqlite');
  const key = await storeKey({ folder, hasRecords: existsSync(path), run: runProgram, tell });
  const store = encryptedStore(sqliteStore(path), { current: 'local', keys: { local: key } });
  // Opens the database, so that a file exists from now on.
  await store.get('mcp/opened');
  await chmod(path, 0o600);
  return store;
}
