import { readdir, readFile, stat, unlink } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { ignoring } from './system-errors.ts';
import { parseVersionFile, type VersionFile } from './version-file.ts';

const VERSION_FILE = /^(\d+)\.json$/;
/** Old versions are kept for a while: a writer that stalled must find the number that it is about to take taken. */
const KEPT_VERSIONS = 8;
const KEPT_MS = 2000;

export interface NumberedVersion {
  readonly number: number;
  readonly file: VersionFile;
}

export function pathOf(folder: string, number: number): string {
  return join(folder, `${number}.json`);
}

/** The newest version of a key; undefined where its folder is absent or empty. */
export async function readNewest(folder: string): Promise<NumberedVersion | undefined> {
  for (;;) {
    const number = (await numbersIn(folder)).at(-1);
    if (number === undefined) return undefined;
    const text = await ignoring(['ENOENT'], () => readFile(pathOf(folder, number), 'utf8'));
    // Absent: so many versions came in between that this one was pruned.
    if (text !== undefined) return { number, file: parseVersionFile(text, basename(folder), number) };
  }
}

/**
 * Whether the number that was just taken may have been taken, and pruned, before: the writer stalled for longer
 * than versions are kept. Then nothing below it is left, and the newest is far ahead.
 */
export function mayHaveBeenPruned(numbers: readonly number[], taken: number): boolean {
  return numbers[0] === taken && (numbers.at(-1) ?? taken) >= taken + KEPT_VERSIONS;
}

/** Removes versions that are neither among the newest nor young, oldest first. */
export async function prune(folder: string, numbers: readonly number[]): Promise<void> {
  for (const number of numbers.slice(0, -KEPT_VERSIONS)) {
    const path = pathOf(folder, number);
    const file = await ignoring(['ENOENT'], () => stat(path));
    if (file && Date.now() - file.mtimeMs < KEPT_MS) return;
    await ignoring(['ENOENT'], () => unlink(path));
  }
}

/** The numbers of the versions that a key has, in order; none where its folder is absent. */
export async function numbersIn(folder: string): Promise<number[]> {
  const names = (await ignoring(['ENOENT'], () => readdir(folder))) ?? [];
  return names
    .flatMap((name) => {
      const [, digits] = VERSION_FILE.exec(name) ?? [];
      return digits === undefined ? [] : [Number(digits)];
    })
    .toSorted((one, other) => one - other);
}
