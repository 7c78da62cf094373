import { StoreError } from '../errors/index.ts';
import { type Lease, withLease } from '../leases/with-lease.ts';
import { accountIdOf } from '../oauth/id-token.ts';
import type { TokenSet } from '../oauth/token-set.ts';
import { carryOverRefreshToken } from './carry-over-refresh-token.ts';
import type { RefreshContext } from './refresh-context.ts';
import { isTokenRecord, newTokenRecord, type TokenRecord } from './token-record.ts';
import { dropUnstored, forgetUnstored, unstoredTokens } from './unstored-tokens.ts';
import { stamped } from './writers-clock.ts';

type GrantContext = Pick<
  RefreshContext,
  'client' | 'store' | 'key' | 'shared' | 'leaseTtlMs' | 'revocations'
>;

/**
 * Works on the record under its lease. What replaces or deletes a record needs no old value: one that can't be read,
 * because it is corrupt or its key is gone, is deleted first.
 */
async function withGrant<R>(
  { store, key, leaseTtlMs: ttlMs }: GrantContext,
  work: (lease: Lease<TokenRecord>) => Promise<R>,
): Promise<R> {
  const options = { ttlMs, isValue: isTokenRecord };
  try {
    return await withLease<TokenRecord, R>(store, key, options, work);
  } catch (error) {
    if (!(error instanceof StoreError) || error.retryable) throw error;
    await store.delete(key);
    return await withLease<TokenRecord, R>(store, key, options, work);
  }
}

/** Writes under the lease. From here on nobody in this process uses the earlier grant, nor a refresh of it. */
async function replace(
  { shared: { clock, known, refreshes } }: GrantContext,
  lease: Lease<TokenRecord>,
  record: TokenRecord | undefined,
): Promise<void> {
  const writing = known.begin();
  const written = record && stamped(record, lease.value);
  await lease.save(written);
  if (written !== undefined) clock.wrote(written);
  known.wrote(writing, record);
  refreshes.detach();
}

/** The record of a new sign-in, with the newest refresh token of the same person where it brings none. */
function signedIn(
  tokenSet: TokenSet,
  lease: Lease<TokenRecord>,
  unstored: TokenRecord | undefined,
): TokenRecord {
  const held = unstored ?? lease.value;
  const next = newTokenRecord(carryOverRefreshToken(tokenSet, held), tokenSet.grantId ?? crypto.randomUUID());
  const isInherited = next.tokenSet.refreshToken !== tokenSet.refreshToken;
  const mayBeConsumed = held?.mayBeConsumed === true || (unstored === undefined && lease.takenOver);
  if (!isInherited) return next;
  return { ...next, inheritsRefreshToken: true, ...(mayBeConsumed && { mayBeConsumed }) };
}

/** Stores what a sign-in gave. */
export async function storeGrant(context: GrantContext, tokenSet: TokenSet): Promise<void> {
  await withGrant(context, async (lease) => {
    const unstored = lease.value && unstoredTokens(context, lease.value);
    const next = signedIn(tokenSet, lease, unstored);
    const orphaned = await addOrphaned(context, unstored ?? lease.value, next);
    await replace(context, lease, next);
    if (unstored === undefined) dropUnstored(context, lease.value);
    else forgetUnstored(context);
    if (orphaned !== undefined) context.revocations?.attempt(orphaned).catch(() => undefined);
  });
}

/** The grant of another account would live on at the provider. It is put into the outbox before it is replaced. */
async function addOrphaned(
  { revocations, client, key }: GrantContext,
  held: TokenRecord | undefined,
  next: TokenRecord,
): Promise<string | undefined> {
  const account = held && accountIdOf(held.tokenSet);
  const isOther = account !== undefined && ![undefined, account].includes(accountIdOf(next.tokenSet));
  if (held === undefined || !isOther) return undefined;
  const tokenSet = { ...held.tokenSet, grantId: held.grantId, accountId: account };
  return await revocations?.add({ provider: client.provider.id, tokenSet, key });
}

/**
 * Ends the grant, with the newest tokens of it that this process has. Gives what the provider still has to revoke: `other` if
 * the record has another grant than `grantId`.
 */
export async function endGrant(
  context: GrantContext,
  grantId: string | undefined,
): Promise<TokenRecord | 'other' | undefined> {
  return await withGrant(context, async (lease) => {
    if (lease.value !== undefined && ![undefined, lease.value.grantId].includes(grantId)) return 'other';
    const unstored = lease.value && unstoredTokens(context, lease.value);
    if (unstored === undefined) dropUnstored(context, lease.value);
    if (lease.value === undefined) return undefined;
    const ended: TokenRecord = { ...(unstored ?? lease.value), ended: 'revoked' };
    await replace(context, lease, ended);
    forgetUnstored(context);
    return ended;
  });
}

/** Deletes the record, unless something else lies there by now. */
export async function deleteGrant(context: GrantContext, grantId: string): Promise<void> {
  const { known } = context.shared;
  const reading = known.begin();
  await withGrant(context, async (lease) => {
    if (lease.value?.grantId === grantId) await replace(context, lease, undefined);
    else known.read(reading, lease.value);
  });
}
