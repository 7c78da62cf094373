import { ContextSdkError, StoreError } from '../../errors/index.ts';

const UNDEFINED_TABLE = '42P01';
const INSUFFICIENT_PRIVILEGE = '42501';
/** Where the database's transactions are stricter than read committed: the statement did nothing. */
const NOT_SERIALIZABLE = new Set(['40001', '40P01']);
/** What two that create a table at the same time may get, although both said IF NOT EXISTS. */
const CREATED_MEANWHILE = new Set(['23505', '42P07', '42710']);

function codeOf(failure: unknown): string {
  const code = failure instanceof Error && 'code' in failure ? failure.code : undefined;
  return typeof code === 'string' ? code : 'unknown';
}

export function isConflict(failure: unknown): boolean {
  return NOT_SERIALIZABLE.has(codeOf(failure));
}

export function isCreatedMeanwhile(failure: unknown): boolean {
  return CREATED_MEANWHILE.has(codeOf(failure));
}

/** Whether the role may not do so; PostgreSQL asks that before it looks what is there. */
export function isForbidden(failure: unknown): boolean {
  return codeOf(failure) === INSUFFICIENT_PRIVILEGE;
}

/** Only the code goes on, PostgreSQL's SQLSTATE or the network's: messages and details quote keys and values. */
export function postgresError(failure: unknown): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  const code = codeOf(failure);
  const hint = code === UNDEFINED_TABLE ? ': there is no table, createTable() makes it' : '';
  return new StoreError('unavailable', `The PostgreSQL store failed (${code})${hint}.`);
}

/** For a row of another shape: of another writer, or of a client that has its own parsers or names for columns. */
export function foreignRow(): StoreError {
  return new StoreError(
    'corrupt',
    'A row of the PostgreSQL store is not one that the SDK wrote, or the client parses types or names columns in its own way.',
  );
}
