import {
  type ContextSdkError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
} from '../errors/index.ts';
import { notify } from '../requests/hooks.ts';
import { type Lease, withLease } from '../stores/with-lease.ts';
import { persist, saveOrAdopt } from './persist.ts';
import { redeem, type Redeemed } from './redeem.ts';
import type { RefreshContext } from './refresh-context.ts';
import { isUsable, wasRejectedBefore } from './refresh-schedule.ts';
import { settled } from './settled.ts';
import { refreshedRecord, type TokenRecord } from './token-record.ts';
import { unstoredTokens } from './unstored-tokens.ts';

type HeldLease = Lease<TokenRecord>;

/** Remembers that only a new sign-in helps, unless another process has taken over: then it knows better. */
async function end(
  context: RefreshContext,
  lease: HeldLease,
  error: ReauthorizationRequiredError,
): Promise<undefined> {
  if (lease.value === undefined) throw error;
  const ended = { ...lease.value, ended: error.reason };
  if ((await saveOrAdopt(context, lease, ended)) === ended) throw error;
}

/** Spaces out further tries; false where another process has taken over. */
async function noteFailure(
  context: RefreshContext,
  lease: HeldLease,
  record: TokenRecord,
  error: ContextSdkError,
): Promise<boolean> {
  const asked = error instanceof RateLimitError || error instanceof ServiceUnavailableError;
  const retryAfterMs = asked ? error.retryAfterMs : undefined;
  const count = (record.failure?.count ?? 0) + 1;
  const failure = { count, at: Date.now(), ...(retryAfterMs !== undefined && { retryAfterMs }) };
  const noted = { ...record, failure };
  // Where the store is down, the refresh's own error says more.
  return (await saveOrAdopt(context, lease, noted).catch(() => noted)) === noted;
}

async function redeemed(context: RefreshContext, lease: HeldLease, record: TokenRecord): Promise<Redeemed> {
  const provider = context.client.provider.id;
  const startedAt = performance.now();
  const outcome = await redeem(record.tokenSet, {
    ...context,
    signal: lease.signal,
    maybeSpent: lease.takenOver || record.maybeSpent === true,
    remainingMs: () => lease.remainingMs(),
  });
  const event =
    'error' in outcome
      ? { outcome: 'failed' as const, error: outcome.error }
      : { outcome: 'refreshed' as const };
  const durationMs = performance.now() - startedAt;
  notify(context.hooks, 'onTokenRefresh', { provider, durationMs, ...event });
  return outcome;
}

/** Gives `undefined` where another process has taken the lease over. */
async function refresh(
  context: RefreshContext,
  lease: HeldLease,
  stored: TokenRecord,
): Promise<TokenRecord | undefined> {
  const unstored = unstoredTokens(context.store, context.key, stored);
  if (unstored !== undefined && isUsable(unstored)) return await persist(context, lease, stored, unstored);
  const record = unstored ?? stored;
  const outcome = await redeemed(context, lease, record);
  if ('tokenSet' in outcome)
    return await persist(context, lease, stored, refreshedRecord(record, outcome.tokenSet));
  const { error, maybeSpent } = outcome;
  if (error instanceof ReauthorizationRequiredError) return await end(context, lease, error);
  const failed: TokenRecord = { ...record, ...(maybeSpent && { maybeSpent }) };
  if (await noteFailure(context, lease, failed, error)) throw error;
  return undefined;
}

/**
 * The service rejects a token that there is nothing to refresh with. One rejection may be the service's own trouble, so
 * the token is held back for a minute and tried once more; a second one ends the connection.
 */
async function rejectedWithoutRefresh(context: RefreshContext, lease: HeldLease): Promise<undefined> {
  const error = new ReauthorizationRequiredError('rejected', { service: context.client.provider.id });
  if (lease.value === undefined || wasRejectedBefore(lease.value)) return await end(context, lease, error);
  await saveOrAdopt(context, lease, { ...lease.value, rejectedAt: Date.now() });
  throw error;
}

/**
 * Refreshes the tokens of one record, or finds that somebody else has: under the lease that lies in the record,
 * so that over all processes at most one redemption of a refresh token is on its way (docs/facts/oauth.md#rotation-and-reuse).
 */
export async function refreshUnderLease(
  context: RefreshContext,
  rejected: string | undefined,
): Promise<TokenRecord> {
  const { store, key, leaseTtlMs: ttlMs, client } = context;
  const service = client.provider.id;
  const unless = (record: TokenRecord | undefined): TokenRecord | undefined =>
    settled(record, rejected, service);
  for (;;) {
    const record = await withLease<TokenRecord, TokenRecord | undefined>(
      store,
      key,
      { ttlMs, unless },
      (lease) =>
        lease.value?.tokenSet.refreshToken === undefined
          ? rejectedWithoutRefresh(context, lease)
          : refresh(context, lease, lease.value),
    );
    if (record !== undefined) return record;
  }
}
