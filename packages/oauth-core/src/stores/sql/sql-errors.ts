import { ContextSdkError, StoreError } from '../../errors/index.ts';

const CODE = /^\w{1,40}$/;

/**
 * What went wrong, in one word: SQLite's code, PostgreSQL's SQLSTATE or the network's. Libraries wrap the driver's error, and
 * their messages quote the statement and its values.
 */
export function sqlFailureCode(failure: unknown): string {
  for (let error = failure, depth = 0; error instanceof Error && depth < 4; error = error.cause, depth += 1) {
    const code = 'code' in error ? error.code : undefined;
    if (typeof code === 'string' && CODE.test(code)) return code;
    const [named] = /SQLITE_[A-Z]+/.exec(error.message) ?? [];
    if (named !== undefined) return named;
  }
  return 'unknown';
}

function saysNoTable(failure: unknown): boolean {
  for (let error = failure, depth = 0; error instanceof Error && depth < 4; error = error.cause, depth += 1)
    if (error.message.includes('no such table')) return true;
  return false;
}

/** A {@link StoreError} with nothing but the code of what a driver threw. */
export function sqlStoreError(service: string, failure: unknown): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  const hint = saysNoTable(failure) ? ': the table does not exist, createTable() makes it' : '';
  return new StoreError('unavailable', `The ${service} store failed (${sqlFailureCode(failure)})${hint}.`);
}

/** For a row of another shape than the SDK's. */
export function damagedRow(): StoreError {
  return new StoreError('corrupt', 'A row of the store is not one that the SDK wrote.');
}
