import {
  ContextSdkError,
  NetworkError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
  StoreError,
} from '../errors/index.ts';
import type { OAuthClient } from '../oauth/oauth-client.ts';
import type { TokenSet } from '../oauth/token-set.ts';
import { type Hooks, notify } from '../requests/hooks.ts';
import type { RecordStore } from '../stores/record-store.ts';
import { type Lease, readLeased, withLease } from '../stores/with-lease.ts';
import { redeem } from './redeem.ts';
import { wasRejectedBefore } from './refresh-schedule.ts';
import { settled } from './settled.ts';
import { refreshedRecord, type TokenRecord } from './token-record.ts';
import { keepUnstored, takeUnstored } from './unstored-tokens.ts';

export interface RefreshContext {
  client: OAuthClient;
  store: RecordStore;
  key: string;
  leaseTtlMs: number;
  timeoutMs: number;
  ambiguousRefresh: 'retry' | 'defer';
  hooks: Hooks | undefined;
}

type HeldLease = Lease<TokenRecord>;

/** Writes and releases; if another process has taken the lease over, gives what that one left instead. */
async function saveOrAdopt(
  { store, key }: RefreshContext,
  lease: HeldLease,
  record: TokenRecord,
): Promise<TokenRecord | undefined> {
  try {
    await lease.save(record);
    return record;
  } catch (error) {
    if (!(error instanceof StoreError) || error.reason !== 'lease-lost') throw error;
    return await readLeased<TokenRecord>(store, key);
  }
}

/** New tokens are stored before anybody uses them: a rotated refresh token that exists only here is a lost one. */
async function persist(
  context: RefreshContext,
  lease: HeldLease,
  before: TokenRecord,
  next: TokenRecord,
): Promise<TokenRecord> {
  const { client, store, key } = context;
  const service = client.provider.id;
  let stored: TokenRecord | undefined;
  try {
    stored = await saveOrAdopt(context, lease, next);
  } catch {
    keepUnstored(store, key, before, next);
    throw new StoreError('not-persisted', `The refreshed token of ${service} could not be stored.`, {
      service,
    });
  }
  if (stored?.grantId !== next.grantId || stored.ended !== undefined) {
    // The connection was ended or replaced meanwhile; these tokens belong to nobody.
    client.revoke(next.tokenSet).catch(() => undefined);
  }
  return settled(stored, undefined, service) ?? next;
}

async function end(
  context: RefreshContext,
  lease: HeldLease,
  error: ReauthorizationRequiredError,
): Promise<TokenRecord> {
  if (lease.value === undefined) throw error;
  const stored = await saveOrAdopt(context, lease, { ...lease.value, ended: error.reason });
  if (stored?.ended === error.reason) throw error;
  return settled(stored, undefined, context.client.provider.id) ?? lease.value;
}

async function noteFailure(lease: HeldLease, record: TokenRecord, error: ContextSdkError): Promise<void> {
  const asked = error instanceof RateLimitError || error instanceof ServiceUnavailableError;
  const retryAfterMs = asked ? error.retryAfterMs : undefined;
  const count = (record.failure?.count ?? 0) + 1;
  const failure = { count, at: Date.now(), ...(retryAfterMs !== undefined && { retryAfterMs }) };
  // The note only spaces out further tries; where the store is down, the refresh's own error says more.
  await lease.save({ ...record, failure }).catch(() => undefined);
}

async function redeemed(context: RefreshContext, lease: HeldLease, record: TokenRecord): Promise<TokenSet> {
  const provider = context.client.provider.id;
  try {
    const tokenSet = await redeem(record.tokenSet, {
      ...context,
      signal: lease.signal,
      possiblyConsumed: lease.takenOver,
      remainingMs: () => lease.remainingMs(),
    });
    notify(context.hooks, 'onTokenRefresh', { provider, outcome: 'refreshed' });
    return tokenSet;
  } catch (failure) {
    const message = `The token request to ${provider} was given up with its lease.`;
    const gaveUp = new NetworkError(message, { service: provider, sent: true });
    const error = failure instanceof ContextSdkError ? failure : gaveUp;
    notify(context.hooks, 'onTokenRefresh', { provider, outcome: 'failed', error });
    throw error;
  }
}

async function refresh(context: RefreshContext, lease: HeldLease, record: TokenRecord): Promise<TokenRecord> {
  const unstored = takeUnstored(context.store, context.key, record);
  if (unstored !== undefined) return await persist(context, lease, record, unstored);
  let tokenSet: TokenSet;
  try {
    tokenSet = await redeemed(context, lease, record);
  } catch (error) {
    if (error instanceof ReauthorizationRequiredError) return await end(context, lease, error);
    if (error instanceof ContextSdkError) await noteFailure(lease, record, error);
    throw error;
  }
  return await persist(context, lease, record, refreshedRecord(record, tokenSet));
}

/**
 * The service rejects a token that there is nothing to refresh with. One rejection may be the service's own trouble, so
 * the token is held back for a minute and tried once more; a second one ends the connection.
 */
async function rejectedWithoutRefresh(context: RefreshContext, lease: HeldLease): Promise<TokenRecord> {
  const error = new ReauthorizationRequiredError('rejected', { service: context.client.provider.id });
  if (lease.value === undefined || wasRejectedBefore(lease.value)) return await end(context, lease, error);
  await saveOrAdopt(context, lease, { ...lease.value, rejectedAt: Date.now() });
  throw error;
}

/**
 * Refreshes the tokens of one record, or finds that somebody else has: under the lease that lies in the record,
 * so that over all processes at most one redemption of a refresh token is on its way (oauth.md §2.1).
 */
export function refreshUnderLease(
  context: RefreshContext,
  rejected: string | undefined,
): Promise<TokenRecord> {
  const { store, key, leaseTtlMs: ttlMs, client } = context;
  const service = client.provider.id;
  const unless = (record: TokenRecord | undefined): TokenRecord | undefined =>
    settled(record, rejected, service);
  return withLease<TokenRecord, TokenRecord>(store, key, { ttlMs, unless }, async (lease) => {
    if (lease.value?.tokenSet.refreshToken === undefined) return await rejectedWithoutRefresh(context, lease);
    return await refresh(context, lease, lease.value);
  });
}
