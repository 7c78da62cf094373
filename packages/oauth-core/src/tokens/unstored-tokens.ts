import type { RecordStore } from '../stores/record-store.ts';
import type { RefreshContext } from './refresh-context.ts';
import { revokeAtProvider } from './revoke-at-provider.ts';
import type { TokenRecord } from './token-record.ts';

interface Unstored {
  /** The record of which the refresh token was redeemed. */
  replaces: TokenRecord;
  record: TokenRecord;
}

type Place = Pick<RefreshContext, 'store' | 'key'>;

const kept = new WeakMap<RecordStore, Map<string, Unstored>>();

/** Remembers refreshed tokens until the store has them: the refresh token before them is spent. */
export function keepUnstored({ store, key }: Place, replaces: TokenRecord, record: TokenRecord): void {
  const ofStore = kept.get(store) ?? new Map<string, Unstored>();
  kept.set(store, ofStore.set(key, { replaces, record }));
}

/**
 * Whether the store still has exactly the tokens that these replace. Refresh tokens alone don't say so, since some
 * providers keep theirs. A process that has given these up for lost has changed nothing else.
 */
function fits({ replaces, record }: Unstored, stored: TokenRecord): boolean {
  const isAlive = stored.ended === undefined || stored.ended === 'refresh-lost';
  return (
    isAlive &&
    stored.grantId === record.grantId &&
    stored.tokenSet.accessToken === replaces.tokenSet.accessToken &&
    stored.tokenSet.refreshToken === replaces.tokenSet.refreshToken
  );
}

/** The tokens that only still have to be stored in place of these. */
export function unstoredTokens({ store, key }: Place, stored: TokenRecord): TokenRecord | undefined {
  const unstored = kept.get(store)?.get(key);
  return unstored !== undefined && fits(unstored, stored) ? unstored.record : undefined;
}

export function forgetUnstored({ store, key }: Place): void {
  kept.get(store)?.delete(key);
}

/** Forgets tokens that have no place in the store any more. Those of a grant that is over must not stay valid. */
export function dropUnstored(
  context: Pick<RefreshContext, 'store' | 'key' | 'client' | 'revocations'>,
  stored: TokenRecord | undefined,
): void {
  const unstored = kept.get(context.store)?.get(context.key);
  if (unstored === undefined) return;
  forgetUnstored(context);
  const { grantId, tokenSet } = unstored.record;
  const isOver = stored?.grantId !== grantId || stored.ended !== undefined;
  const isInherited = stored?.tokenSet.refreshToken === tokenSet.refreshToken;
  if (isOver && !isInherited) revokeAtProvider(context, tokenSet).catch(() => undefined);
}
