import { ConfigurationError } from '../../errors/index.ts';

const INDEX_SUFFIX = '_expiry';
const JOBS_SUFFIX = '_jobs';
const DUE_SUFFIX = '_due';
/** PostgreSQL cuts names off at 63 bytes without an error, so that two could become one. */
const MAX_NAME_BYTES = 63;
const MAX_TABLE_BYTES = MAX_NAME_BYTES - INDEX_SUFFIX.length;

/** Names as they stand in a statement: quoted, so that any text is only ever a name. */
export interface TableName {
  readonly table: string;
  /** In the schema of its table, without naming it. */
  readonly index: string;
  /** The table of the schedule, and its index. */
  readonly jobs: string;
  readonly due: string;
}

export function tableName(table: string, schema: string | undefined): TableName {
  check('table', table, MAX_TABLE_BYTES);
  if (schema !== undefined) check('schema', schema, MAX_NAME_BYTES);
  const inSchema = schema === undefined ? '' : `${quoted(schema)}.`;
  return {
    table: inSchema + quoted(table),
    index: quoted(table + INDEX_SUFFIX),
    jobs: inSchema + quoted(table + JOBS_SUFFIX),
    due: quoted(table + DUE_SUFFIX),
  };
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function check(option: string, name: string, maxBytes: number): void {
  if (
    typeof name !== 'string' ||
    name === '' ||
    name.includes('\0') ||
    new TextEncoder().encode(name).length > maxBytes
  )
    throw new ConfigurationError(`${option} is no name of 1 to ${maxBytes} bytes without NUL.`);
}
