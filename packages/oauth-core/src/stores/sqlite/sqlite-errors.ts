import { ContextSdkError, StoreError } from '../../errors/index.ts';

const BUSY = 5;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/** SQLite's primary result code, for example 5 (SQLITE_BUSY). */
function resultCode(failure: unknown): number | undefined {
  if (!(failure instanceof Error) || !('errcode' in failure)) return undefined;
  return typeof failure.errcode === 'number' ? failure.errcode & 0xff : undefined;
}

/** Whether another process holds the lock; the statement did nothing. */
export function isBusy(failure: unknown): boolean {
  return resultCode(failure) === BUSY;
}

/** Only the number of SQLite's error goes on: its message may quote values. */
export function sqliteError(failure: unknown): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  const code = resultCode(failure);
  if (code === CORRUPT || code === NOT_A_DATABASE)
    return new StoreError('corrupt', `The SQLite file is damaged or none (SQLite error ${code}).`);
  return new StoreError('unavailable', `The SQLite store failed (${describe(failure, code)}).`);
}

function describe(failure: unknown, code: number | undefined): string {
  if (code !== undefined) return `SQLite error ${code}`;
  if (failure instanceof Error && 'code' in failure) return String(failure.code);
  return 'unknown';
}
