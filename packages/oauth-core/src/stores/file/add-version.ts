import { randomUUID } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StoreError } from '../../errors/index.ts';
import { mayHaveBeenPruned, numbersIn, pathOf, prune } from './key-folder.ts';
import { ignoring } from './system-errors.ts';
import type { VersionFile } from './version-file.ts';

/** Where files are written before they get their place, and go before they are removed. */
export function temporaryPath(directory: string): string {
  return join(directory, '.tmp', randomUUID());
}

/**
 * Gives a key its next version; false if that number is taken, or the folder was removed meanwhile. A hard link is
 * what makes it atomic: it fails where the name exists, and what it names is complete and on disk.
 */
export async function addVersion(
  directory: string,
  folder: string,
  number: number,
  file: VersionFile,
): Promise<boolean> {
  const temporary = temporaryPath(directory);
  try {
    await writeDurably(temporary, JSON.stringify(file));
    if (number === 1) await mkdir(folder, { recursive: true, mode: 0o700 });
    const linked = await ignoring(['EEXIST', 'ENOENT'], async () => {
      await link(temporary, pathOf(folder, number));
      return true;
    });
    if (!linked) return false;
  } finally {
    await rm(temporary, { force: true });
  }
  const numbers = await numbersIn(folder);
  if (mayHaveBeenPruned(numbers, number))
    throw new StoreError(
      'unavailable',
      'This process stalled in a write; it is not known whether it took effect.',
    );
  await syncDirectory(folder);
  if (number === 1) await syncDirectory(directory);
  // The version is written, whatever becomes of the old ones: the next write prunes again.
  await prune(folder, numbers).catch(() => undefined);
  return true;
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes new names in a directory last. Windows neither needs nor allows it. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
