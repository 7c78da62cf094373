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

/** A sign-in in another process can have taken over the refresh token that was spent for these tokens. */
function hasInherited(stored: TokenRecord, { replaces }: Unstored): boolean {
  const isAlive = stored.inheritsRefreshToken === true && stored.ended === undefined;
  return isAlive && stored.tokenSet.refreshToken === replaces.tokenSet.refreshToken;
}

function withRefreshTokenOf(unstored: TokenRecord, stored: TokenRecord): TokenRecord {
  const { mayBeConsumed: _, inheritsRefreshToken: __, ...rest } = stored;
  const { refreshToken } = unstored.tokenSet;
  return { ...rest, tokenSet: { ...stored.tokenSet, ...(refreshToken !== undefined && { refreshToken }) } };
}

/** The tokens that only still have to be stored in place of these. */
export function unstoredTokens({ store, key }: Place, stored: TokenRecord): TokenRecord | undefined {
  const unstored = kept.get(store)?.get(key);
  if (unstored === undefined) return undefined;
  if (hasInherited(stored, unstored)) return withRefreshTokenOf(unstored.record, stored);
  if (!fits(unstored, stored)) return undefined;
  // Another process may have sent the old refresh token once more, for which some providers end the whole grant.
  return stored.ended === undefined ? unstored.record : { ...unstored.record, mayBeConsumed: true };
}

export function hasUnstored({ store, key }: Place): boolean {
  return kept.get(store)?.has(key) === true;
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
