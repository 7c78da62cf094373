import { createHash, randomUUID } from 'node:crypto';
import { StoreError } from '../../errors/index.ts';

/** What one version file of a key holds; the highest number in the key's folder is the record. */
export interface VersionFile {
  key: string;
  /** Random: numbers begin anew when a folder is purged, and versions may not repeat. */
  version: string;
  /** Absent in the version that a delete writes. */
  value?: string;
  /** Epoch milliseconds; for a deleted record those of its end. */
  expiresAt?: number;
  /** Nothing may follow: the folder is about to go. */
  isLast?: true;
  /** What was read is not what the SDK wrote: neither key nor value are known. Never written. */
  isUnreadable?: true;
}

/** A key of any text as a folder name that is short, and the same on file systems that ignore case. */
export function folderNameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

export function newVersionFile(content: Omit<VersionFile, 'version'>): VersionFile {
  return { ...content, version: randomUUID() };
}

/** A file that is not what the SDK wrote can still be deleted, and takes the place of a record until then. */
export function parseVersionFile(text: string, folderName: string, number: number): VersionFile {
  try {
    const file: unknown = JSON.parse(text);
    if (isVersionFile(file) && folderNameOf(file.key) === folderName) return file;
  } catch {
    // The parser's message quotes the text, which may be a token.
  }
  return { key: '', version: `unreadable-${number}`, isUnreadable: true };
}

export function unreadableFile(folderName: string): StoreError {
  return new StoreError(
    'corrupt',
    `A file in ${folderName} of the file store is not one that the SDK wrote.`,
  );
}

/** Whether a reader finds a record in this version. */
export function isLive(file: VersionFile): file is VersionFile & { value: string } {
  return file.value !== undefined && (file.expiresAt === undefined || file.expiresAt > Date.now());
}

function isVersionFile(candidate: unknown): candidate is VersionFile {
  if (typeof candidate !== 'object' || candidate === null) return false;
  const { key, version, value, expiresAt, isLast }: Partial<Record<keyof VersionFile, unknown>> = candidate;
  return (
    typeof key === 'string' &&
    typeof version === 'string' &&
    (value === undefined || typeof value === 'string') &&
    (expiresAt === undefined || typeof expiresAt === 'number') &&
    (isLast === undefined || isLast === true)
  );
}
