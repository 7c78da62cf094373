import { ContextSdkError } from '@context-sdk/oauth-core';
import type { Grant } from '../connections/connection.ts';
import { currentGrant } from '../connections/current-grant.ts';
import { checkHeld } from '../records/held-lease.ts';
import { isThere, overwriteJson, readWhole } from '../records/json-record.ts';
import { keys } from '../records/keys.ts';
import { allKeys } from '../records/list-keys.ts';
import { isId, isText, shapeOf } from '../records/shape.ts';
import type { ChangeSource, RecordPush, UserContext } from './change-source.ts';
import { keepEndingPush } from './ending-pushes.ts';
import { GrantEnded } from './poll.ts';

/** A push that is open at a service, or may be: it is recorded before the service is asked. */
interface OpenPushRecord {
  /** The account that it was opened for: {@link Grant.owner}. */
  owner: string;
  /** The grant of the sync that opened it, or has kept it last. Absent in records of earlier versions. */
  grantId?: string;
  push: object;
}

/**
 * Records the pushes of one user at one service. Throws {@link GrantEnded} if the grant has ended: another one may have
 * recorded its own since, or whoever ended it may have looked for pushes before this one was recorded.
 */
export function pushRecorder(context: UserContext, source: ChangeSource): RecordPush<object> {
  const { options, clients, grant } = context;
  return async (id, push) => {
    const record: OpenPushRecord = { owner: grant.owner, grantId: grant.id, push };
    const key = keys.openPush(clients.id, source.service, id);
    const known = await readWhole(options.store, key, isOpenPushOf(source));
    if (known !== undefined && known.grantId !== grant.id) await checkCurrent(source, context);
    await overwriteJson(options.store, key, record);
    await checkCurrent(source, context);
  };
}

/** Throws {@link GrantEnded} unless the user's changes are still those of the grant. */
export async function checkCurrent(source: ChangeSource, context: UserContext): Promise<void> {
  if ((await grantNow(source, context))?.id !== context.grant.id) throw new GrantEnded();
}

/** The grant whose changes the user is told now. */
export function grantNow(
  { provider }: Pick<ChangeSource, 'provider'>,
  { options, clients }: Pick<UserContext, 'options' | 'clients'>,
): Promise<Grant | undefined> {
  return currentGrant(options, clients.id, provider);
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
 * since that account's tokens are gone. A sync whose grant has ended closes only what it has recorded: the rest is that of the next
 * one. Returns whether all have ended. Rejects with the first failure of the store, once all have been tried, and without trying once
 * the lease of the work has expired: another process may have opened them.
 */
export async function closePushes(
  source: ChangeSource,
  context: UserContext,
  { exceptIds = [], ...closing }: Closing,
): Promise<boolean> {
  const { options, clients, lease } = context;
  if (lease !== undefined) checkHeld(lease);
  const kept = new Set(exceptIds.map((id) => keys.openPush(clients.id, source.service, id)));
  const found = await allKeys(options.store, keys.openPushes(clients.id, source.service));
  const unwanted = found.filter((key) => !kept.has(key));
  if (unwanted.length === 0) return true;
  const current = closing.isRevoking ? context.grant : await grantNow(source, context);
  const closings = unwanted.map((key) => closePush(source, context, key, { ...closing, current }));
  let areEnded = true;
  for (const closed of await Promise.allSettled(closings)) {
    if (closed.status === 'rejected') throw closed.reason;
    areEnded &&= closed.value;
  }
  return areEnded;
}

/** Whether a push may be open that nobody can stop yet. */
export async function isAnyUnanswered(
  source: ChangeSource,
  context: Pick<UserContext, 'options' | 'routing' | 'clients'>,
): Promise<boolean> {
  const { options, clients } = context;
  for (const key of await allKeys(options.store, keys.openPushes(clients.id, source.service))) {
    const record = await readWhole(options.store, key, isOpenPushOf(source));
    if (record === undefined) continue;
    const push = (await source.withDelivered?.(context, record.push)) ?? record.push;
    if (source.mayBeOpen?.(push)) return true;
  }
  return false;
}

async function closePush(
  source: ChangeSource,
  context: UserContext,
  key: string,
  { canRetry, isRevoking = false, current }: Omit<Closing, 'exceptIds'> & { current: Grant | undefined },
): Promise<boolean> {
  const { store } = context.options;
  const known = await readWhole(store, key, isOpenPushOf(source));
  // Another process may have ended it since the keys were listed.
  if (known === undefined && !(await isThere(store, key))) return true;
  const { grant } = context;
  if (current?.id !== grant.id && known?.grantId !== grant.id) return false;
  const record = known ?? lostRecord(source, context, key);
  if (record === undefined) {
    await store.delete(key);
    return false;
  }
  const push = (await source.withDelivered?.(context, record.push)) ?? record.push;
  const refuse = (): Promise<void> => (source.refuse ?? source.unroute)(context, push);
  if (!canRetry) await refuse();
  const isOwn = record.owner === grant.owner && (current === undefined || current.owner === grant.owner);
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
  const shape = shapeOf({ owner: isId, push: isPush }, { grantId: isText });
  return (value): value is OpenPushRecord => shape(value);
}
