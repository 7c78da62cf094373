import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { StoreError } from '../../errors/index.ts';
import { tellListener } from '../../hooks/tell-listener.ts';
import { checkOptions, type OptionTypes } from '../../options/option-types.ts';
import { checkedTtl, checkKey, checkString } from '../check-arguments.ts';
import { listKeys } from '../list-keys.ts';
import type { RecordStore } from '../record-store.ts';
import { markSound } from '../sound-store.ts';
import { addVersion } from './add-version.ts';
import { type NumberedVersion, readNewest } from './key-folder.ts';
import { folderNames, outlastRemoval, removeIfDead, removeLeftovers } from './remove-folder.ts';
import { translated } from './system-errors.ts';
import { folderNameOf, isLive, newVersionFile, unreadableFile, type VersionFile } from './version-file.ts';

const LOOKED_AT_PER_ENDING = 2;

/**
 * Records as files, for several processes on one machine; the directory is created at the first write. A write is
 * on disk before it succeeds. Directories are made with mode 0700 and files with 0600; values are not encrypted.
 *
 * Every key has a folder, named by the SHA-256 of the key, with numbered version files; a write claims the next
 * number with a hard link. So the file system has to have those: not NFS, SMB or FAT. TTLs follow `Date.now`.
 * Nothing runs in the background: writes with a TTL and deletes also clear away what ended an hour ago or more.
 * `list` reads every record of the store and orders by code point. It leaves out those that can't be read, and tells
 * `onUnreadable`. Those can still be deleted.
 *
 * Methods reject with {@link StoreError} `unavailable`, naming the system's error code, or `corrupt`.
 */
export function fileStore(directory: string, options: FileStoreOptions = {}): RecordStore {
  checkString(directory, 'directory');
  checkOptions(options, OPTIONS);
  return markSound(new FileStore(resolve(directory), options?.onUnreadable));
}

/** What a file store may be told besides its directory. */
export interface FileStoreOptions {
  /** Told of each record that `list` left out because its file is not one that the SDK wrote. */
  onUnreadable?: ((error: StoreError) => unknown) | undefined;
}

const OPTIONS: OptionTypes<FileStoreOptions> = { onUnreadable: 'function' };

class FileStore implements RecordStore {
  readonly #directory: string;
  #isPrepared = false;
  /** Folders that have yet to be looked at before all are listed again. */
  #unvisited: string[] = [];

  readonly #onUnreadable: FileStoreOptions['onUnreadable'];

  constructor(directory: string, onUnreadable: FileStoreOptions['onUnreadable']) {
    this.#directory = directory;
    this.#onUnreadable = onUnreadable;
  }

  async get(key: string): Promise<{ value: string; version: string } | undefined> {
    checkKey(key);
    const newest = await translated(() => readNewest(this.#folderOf(key)));
    if (newest?.file.isUnreadable) throw unreadableFile(folderNameOf(key));
    if (!newest || !isLive(newest.file)) return undefined;
    return { value: newest.file.value, version: newest.file.version };
  }

  async compareAndSet(
    key: string,
    expected: string | undefined,
    value: string,
    options?: { ttlMs?: number | undefined },
  ): Promise<string | undefined> {
    checkKey(key);
    const ttlMs = checkedTtl(options);
    checkString(value, 'value');
    return translated(async () => {
      const expiry = ttlMs === undefined ? {} : { expiresAt: Date.now() + ttlMs };
      const file = newVersionFile({ key, value, ...expiry });
      const isWritten = await this.#replace(file, (current, isUnreadable) => {
        if (isUnreadable) throw unreadableFile(folderNameOf(key));
        return current === expected;
      });
      if (isWritten && ttlMs !== undefined) await this.#clearSome();
      return isWritten ? file.version : undefined;
    });
  }

  async delete(key: string, expected?: string): Promise<boolean> {
    checkKey(key);
    return translated(async () => {
      const file = newVersionFile({ key, expiresAt: Date.now() });
      const isDeleted = await this.#replace(
        file,
        (current) => current !== undefined && (expected === undefined || current === expected),
      );
      if (isDeleted) await this.#clearSome();
      return isDeleted;
    });
  }

  async list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]> {
    const keys: string[] = [];
    for await (const key of this.#keys()) keys.push(key);
    return listKeys(keys, prefix, options);
  }

  async *scan(prefix: string): AsyncGenerator<string> {
    checkString(prefix, 'prefix');
    for await (const key of this.#keys()) if (key.startsWith(prefix)) yield key;
  }

  async *#keys(): AsyncGenerator<string> {
    for (const name of await translated(() => folderNames(this.#directory))) {
      const newest = await translated(() => readNewest(join(this.#directory, name)));
      if (newest?.file.isUnreadable) tellListener(this.#onUnreadable, unreadableFile(name));
      else if (newest && isLive(newest.file)) yield newest.file.key;
    }
  }

  /** Adds a version if the current one is as wished; loses only to what is really there. */
  async #replace(
    file: VersionFile,
    isWished: (current: string | undefined, isUnreadable: boolean) => boolean,
  ): Promise<boolean> {
    await this.#prepare();
    const folder = this.#folderOf(file.key);
    for (;;) {
      const newest = await this.#newestOf(folder);
      const isUnreadable = newest?.file.isUnreadable === true;
      const isThere = newest !== undefined && (isUnreadable || isLive(newest.file));
      if (!isWished(isThere ? newest.file.version : undefined, isUnreadable)) return false;
      if (await addVersion(this.#directory, folder, (newest?.number ?? 0) + 1, file)) return true;
    }
  }

  async #newestOf(folder: string): Promise<NumberedVersion | undefined> {
    for (;;) {
      const newest = await readNewest(folder);
      if (!newest?.file.isLast) return newest;
      await outlastRemoval(this.#directory, folder, newest);
    }
  }

  async #prepare(): Promise<void> {
    if (this.#isPrepared) return;
    await mkdir(join(this.#directory, '.tmp'), { recursive: true, mode: 0o700 });
    this.#isPrepared = true;
  }

  /** The write before it took effect, whatever goes wrong here. */
  #clearSome(): Promise<void> {
    return this.#visitSome().catch(() => undefined);
  }

  async #visitSome(): Promise<void> {
    for (let look = 0; look < LOOKED_AT_PER_ENDING; look++) {
      const name = this.#unvisited.pop();
      if (name !== undefined) await removeIfDead(this.#directory, join(this.#directory, name));
      else await this.#beginRound();
    }
  }

  async #beginRound(): Promise<void> {
    await removeLeftovers(this.#directory);
    this.#unvisited = await folderNames(this.#directory);
  }

  #folderOf(key: string): string {
    return join(this.#directory, folderNameOf(key));
  }
}
