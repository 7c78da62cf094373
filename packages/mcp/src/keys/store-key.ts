import { existsSync } from 'node:fs';
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '@context-sdk/context';
import { dpapi } from './dpapi.ts';
import { keychain, type KeyStore, secretService } from './key-stores.ts';
import type { RunProgram } from './run-program.ts';

/** What is known of the machine. */
export interface KeyPlace {
  folder: string;
  /** Whether there are records already, which another key can't open. */
  hasRecords: boolean;
  system?: NodeJS.Platform;
  run: RunProgram;
  tell: (text: string) => void;
}

/**
 * The key that the records are encrypted with: in the system's key store, or else in a file that only this user can read, which is
 * said. Throws {@link ConfigurationError} if there are records, and the store of their key is not available.
 */
export async function storeKey({
  folder,
  hasRecords,
  system = platform(),
  run,
  tell,
}: KeyPlace): Promise<string> {
  const file = join(folder, 'key');
  if (existsSync(file)) return await keyFile(file, tell);
  const store = keyStoreOf(system, run, join(folder, 'key.dpapi'));
  const known = await store.read();
  if (typeof known === 'object') return checkedKey(known.key, store.name);
  if (hasRecords) {
    const problem =
      known === 'none' ? 'has no key for it' : 'is not available, for example since it is locked';
    throw new ConfigurationError(
      `The records in ${folder} can't be opened: ${store.name} ${problem}. Without the key, delete the folder and sign in again.`,
    );
  }
  if (known === 'none' && (await store.write(newKey()))) {
    // Another process may have written at the same time: what is there counts.
    const written = await store.read();
    if (typeof written === 'object') return checkedKey(written.key, store.name);
  }
  await writeFile(file, newKey(), { flag: 'wx', mode: 0o600 }).catch(() => undefined);
  return await keyFile(file, tell);
}

function keyStoreOf(system: NodeJS.Platform, run: RunProgram, file: string): KeyStore {
  if (system === 'darwin') return keychain(run);
  return system === 'win32' ? dpapi(run, file) : secretService(run);
}

async function keyFile(file: string, tell: (text: string) => void): Promise<string> {
  await chmod(file, 0o600);
  tell(
    `WARNING: this machine has no key store that could be used, so the key to your tokens is in a file: ${file}. ` +
      'Whoever can read your files can use your accounts. See docs/mcp.md.',
  );
  return checkedKey((await readFile(file, 'utf8')).trim(), file);
}

function newKey(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64');
}

function checkedKey(key: string, place: string): string {
  if (Buffer.from(key, 'base64').length === 32) return key;
  throw new ConfigurationError(`The key in ${place} is damaged: it must be 32 bytes in Base64.`);
}
