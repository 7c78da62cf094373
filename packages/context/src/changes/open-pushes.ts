import { ContextSdkError } from '@context-sdk/oauth-core';
import { checkHeld } from '../records/held-lease.ts';
import { isThere, overwriteJson, readWhole } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { allKeys } from '../records/list-keys.ts';
import { isId, shapeOf } from '../records/shape.ts';
import type { ChangeSource, RecordPush, UserContext } from './change-source.ts';
import { keepEndingPush } from './ending-pushes.ts';

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
  exceptIds?: readonly string[];
  /** Whether it stays recorded, and routed, for another try: the tokens that can end it stay, too. */
  canRetry: boolean;
  /** Whether it is kept for the revocation of its tokens, which follows. Default: it is forgotten, since they may be revoked. */
  isRevoking?: boolean;
}

/**
 * Closes all pushes that were opened for the user at the service, or may have been. Those of another account are only refused,
 * since that account's tokens are gone. Returns whether all have ended. Rejects with the first failure of the store, once all
 * have been tried, and without trying once the lease of the work has expired: another process may have opened them.
 */
export async function closePushes(
  source: ChangeSource,
  context: UserContext,
  { exceptIds = [], ...closing }: Closing,
): Promise<boolean> {
  const { options, clients, lease } = context;
  if (lease !== undefined) checkHeld(lease);
  const kept = new Set(exceptIds.map((id) => keys.openPush(clients.id, source.service, id)));
  const closings: Promise<boolean>[] = [];
  const found = await allKeys(options.store, keys.openPushes(clients.id, source.service));
  for (const key of found) if (!kept.has(key)) closings.push(closePush(source, context, key, closing));
  let areEnded = true;
  for (const closed of await Promise.allSettled(closings)) {
    if (closed.status === 'rejected') throw closed.reason;
    areEnded &&= closed.value;
  }
  return areEnded;
}

async function closePush(
  source: ChangeSource,
  context: UserContext,
  key: string,
  { canRetry, isRevoking = false }: Omit<Closing, 'exceptIds'>,
): Promise<boolean> {
  const { store } = context.options;
  const known = await readWhole(store, key, isOpenPushOf(source));
  // Another process may have ended it since the keys were listed.
  if (known === undefined && !(await isThere(store, key))) return true;
  const record = known ?? lostRecord(source, context, key);
  if (record === undefined) {
    await store.delete(key);
    return false;
  }
  const push = (await source.withDelivered?.(context, record.push)) ?? record.push;
  const refuse = (): Promise<void> => (source.refuse ?? source.unroute)(context, push);
  if (!canRetry) await refuse();
  const isOwn = record.owner === context.grant.owner;
  const outcome = isOwn ? await stopPush(source, context, push) : 'left';
  if (outcome === 'open' && canRetry) return false;
  if (outcome === 'open' && isRevoking)
    await keepEndingPush(source, context, key.slice(key.lastIndexOf('/') + 1), push);
  if (outcome === 'ended') await source.unroute(context, push);
  else if (canRetry) await refuse();
  await store.delete(key);
  return outcome === 'ended';
}

/** Its owner is lost, too, so the current tokens are tried. */
function lostRecord(
  source: ChangeSource,
  { clients, grant }: UserContext,
  key: string,
): OpenPushRecord | undefined {
  const id = decodeURIComponent(key.slice(keys.openPushes(clients.id, source.service).length));
  const push = source.lostPush?.(id);
  return push && { owner: grant.owner, push };
}

/** `open`: a retry may end it. `left`: these tokens can't end it. */
type StopOutcome = 'ended' | 'open' | 'left';

async function stopPush(source: ChangeSource, context: UserContext, push: object): Promise<StopOutcome> {
  try {
    await source.stop(context, push);
    return source.mayBeOpen?.(push) ? 'open' : 'ended';
  } catch (error) {
    const isFinal = error instanceof ContextSdkError && !error.retryable;
    return isFinal ? 'left' : 'open';
  }
}

/** Says whether a record is that of a push of this source. */
export function isOpenPushOf({ isPush }: ChangeSource): (value: unknown) => value is OpenPushRecord {
  const shape = shapeOf({ owner: isId, push: isPush });
  return (value): value is OpenPushRecord => shape(value);
}
