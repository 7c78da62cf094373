import { readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { delay } from '../../timing/delay.ts';
import { addVersion, temporaryPath } from './add-version.ts';
import { type NumberedVersion, readNewest } from './key-folder.ts';
import { ignoring } from './system-errors.ts';
import { isLive, newVersionFile } from './version-file.ts';

/** Far longer than any process stalls between reading a record and writing it. */
const GRACE_MS = 60 * 60 * 1000;
const REMOVAL_MS = 10_000;
const POLL_MS = 10;
const FOLDER_NAME = /^[0-9a-f]{64}$/;

/** The names of the folders of all keys. */
export async function folderNames(directory: string): Promise<string[]> {
  const names = (await ignoring(['ENOENT'], () => readdir(directory))) ?? [];
  return names.filter((name) => FOLDER_NAME.test(name));
}

/** Removes the folder of a key whose record was deleted or expired an hour ago. */
export async function removeIfDead(directory: string, folder: string): Promise<void> {
  const newest = await readNewest(folder);
  if (!newest) await ignoring(['ENOENT', 'ENOTEMPTY', 'EEXIST'], () => rmdir(folder));
  else if (newest.file.isLast) await removeIfStalled(directory, folder, newest);
  else if (isLongDead(newest)) await closeAndRemove(directory, folder, newest);
}

/** Waits while another process removes a folder, and does it where that one died. */
export async function outlastRemoval(
  directory: string,
  folder: string,
  last: NumberedVersion,
): Promise<void> {
  if (!(await removeIfStalled(directory, folder, last))) await delay(POLL_MS);
}

/** Removes what dead processes left among the temporary files. */
export async function removeLeftovers(directory: string): Promise<void> {
  const temporary = join(directory, '.tmp');
  for (const name of await readdir(temporary)) {
    const path = join(temporary, name);
    const found = await ignoring(['ENOENT'], () => stat(path));
    if (found && Date.now() - found.mtimeMs > GRACE_MS) await rm(path, { recursive: true, force: true });
  }
}

function isLongDead({ file }: NumberedVersion): boolean {
  return !isLive(file) && (file.expiresAt ?? Number.POSITIVE_INFINITY) + GRACE_MS <= Date.now();
}

/** Nothing can follow the last version, so no record that is written meanwhile is removed. */
async function closeAndRemove(directory: string, folder: string, newest: NumberedVersion): Promise<void> {
  const file = newVersionFile({ key: newest.file.key, expiresAt: Date.now(), isLast: true });
  if (await addVersion(directory, folder, newest.number + 1, file))
    await remove(directory, folder, file.version);
}

async function removeIfStalled(
  directory: string,
  folder: string,
  { file }: NumberedVersion,
): Promise<boolean> {
  const isStalled = Math.abs(Date.now() - (file.expiresAt ?? 0)) > REMOVAL_MS;
  if (isStalled) await remove(directory, folder, file.version);
  return isStalled;
}

/** Moves the folder away in one step, so that no reader sees half of it, and removes it there. */
async function remove(directory: string, folder: string, lastVersion: string): Promise<void> {
  const newest = await readNewest(folder);
  if (newest?.file.version !== lastVersion) return;
  const away = temporaryPath(directory);
  await ignoring(['ENOENT'], () => rename(folder, away));
  await rm(away, { recursive: true, force: true });
}
