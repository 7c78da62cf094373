import type { RecordStore } from '@context-sdk/oauth-core';
import { overwriteJson, readJsonIfReadable } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { keysUnder } from '../records/list-keys.ts';
import type { ChangeSource, RecordPush, UserContext } from './change-source.ts';

/** A push that is open at a service, or may be: it is recorded before the service is asked. */
interface OpenPushRecord {
  /** The account that it was opened for: {@link Grant.owner}. */
  owner: string;
  push: object;
}

/** Records the pushes of one user at one service. */
export function pushRecorder(
  { options, clients, grant }: UserContext,
  { service }: ChangeSource,
): RecordPush<object> {
  return (id, push) => {
    const record: OpenPushRecord = { owner: grant.owner, push };
    return overwriteJson(options.store, keys.openPush(clients.id, service, id), record);
  };
}

/**
 * Closes all pushes that were opened for the user at the service, or may have been, except one. Those of another account are
 * only refused, since that account's tokens are gone. If the service can't be reached, rejects once all have been tried.
 */
export async function closePushes(
  source: ChangeSource,
  context: UserContext,
  exceptId?: string,
): Promise<void> {
  const { options, clients, grant } = context;
  const errors: unknown[] = [];
  for await (const key of keysUnder(options.store, keys.openPushes(clients.id, source.service))) {
    if (exceptId !== undefined && key === keys.openPush(clients.id, source.service, exceptId)) continue;
    const record = await readPush(options.store, key);
    if (record !== undefined) {
      await source.unroute(context, record.push);
      const isOwn = record.owner === grant.owner;
      if (isOwn) await source.stop(context, record.push).catch((error: unknown) => errors.push(error));
    }
    await options.store.delete(key);
  }
  if (errors.length > 0) throw errors[0];
}

async function readPush(store: RecordStore, key: string): Promise<OpenPushRecord | undefined> {
  const record = await readJsonIfReadable<Partial<OpenPushRecord>>(store, key);
  return typeof record?.push === 'object' ? (record as OpenPushRecord) : undefined;
}
