import { randomUUID } from 'node:crypto';

/** `REDIS_URL` or the usual place. */
export const REDIS_URL: string = process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379';
/** `POSTGRES_URL` or the usual place. */
export const POSTGRES_URL: string = process.env['POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/test';

/** A unique name: for key prefixes, schemas and directories. */
export function uniqueName(): string {
  return `context_sdk_test_${randomUUID().slice(-12)}`;
}
