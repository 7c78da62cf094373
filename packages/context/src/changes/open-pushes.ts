import { ContextSdkError, type RecordStore } from '@context-sdk/oauth-core';
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

/** Which pushes are closed, and what becomes of one that the service does not end. */
export interface Closing {
  exceptId?: string;
  /** Whether it stays recorded, and routed, for another try: the tokens that can end it stay, too. */
  canRetry: boolean;
}

/**
 * Closes all pushes that were opened for the user at the service, or may have been. Those of another account are only refused,
 * since that account's tokens are gone. If the service can't be reached, rejects once all have been tried.
 */
export async function closePushes(
  source: ChangeSource,
  context: UserContext,
  { exceptId, canRetry }: Closing,
): Promise<void> {
  const { options, clients, grant } = context;
  const errors: unknown[] = [];
  for await (const key of keysUnder(options.store, keys.openPushes(clients.id, source.service))) {
    if (exceptId !== undefined && key === keys.openPush(clients.id, source.service, exceptId)) continue;
    const record = await readPush(options.store, key);
    if (record !== undefined) {
      const push = (await source.withDelivered?.(context, record.push)) ?? record.push;
      const isOwn = record.owner === grant.owner;
      const stop = async (): Promise<boolean> => isOwn && (await mayStayOpen(source, context, push, errors));
      if (canRetry && (await stop())) continue;
      await source.unroute(context, push);
      if (!canRetry) await stop();
    }
    await options.store.delete(key);
  }
  if (errors.length > 0) throw errors[0];
}

/** Has the service end the push. Returns whether another try makes sense. */
async function mayStayOpen(
  source: ChangeSource,
  context: UserContext,
  push: object,
  errors: unknown[],
): Promise<boolean> {
  try {
    await source.stop(context, push);
    return source.mayBeOpen?.(push) ?? false;
  } catch (error) {
    errors.push(error);
    return !(error instanceof ContextSdkError) || error.retryable;
  }
}

async function readPush(store: RecordStore, key: string): Promise<OpenPushRecord | undefined> {
  const record = await readJsonIfReadable<Partial<OpenPushRecord>>(store, key);
  return typeof record?.push === 'object' ? (record as OpenPushRecord) : undefined;
}
