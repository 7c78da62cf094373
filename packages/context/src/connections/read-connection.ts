import { type RecordStore, StoreError } from '@context-sdk/oauth-core';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import { readJson } from '../records/json-record.ts';
import type { ConnectionRecord } from './connection.ts';

/** Reads a connection's record. Throws {@link StoreError} `corrupt` if it lacks what every connection has. */
export async function readConnection(store: RecordStore, key: string): Promise<ConnectionRecord | undefined> {
  const record = await readJson<Partial<ConnectionRecord>>(store, key);
  if (record === undefined || isConnection(record)) return record;
  throw new StoreError('corrupt', 'The record of a connection is incomplete.');
}

/** Whether a record has what every connection has, in the right types. */
export function isConnection(record: Partial<ConnectionRecord>): record is ConnectionRecord {
  const { kind, connectedAt, token, grant, account, organizationUrl } = record;
  if (typeof connectedAt !== 'number' || !(kind === 'oauth' || typeof token === 'string')) return false;
  if (account !== undefined && !hasTexts(account)) return false;
  if (organizationUrl !== undefined && typeof organizationUrl !== 'string') return false;
  return grant === undefined || (typeof grant?.id === 'string' && typeof grant.owner === 'string');
}

function hasTexts(value: unknown): boolean {
  return isObject(value) && Object.values(value).every((member) => typeof member === 'string');
}
