import {
  type ContextSdkError,
  RateLimitError,
  ReauthorizationRequiredError,
  ServiceUnavailableError,
} from '../errors/index.ts';
import { notify } from '../hooks/hooks.ts';
import { type Lease, withLease } from '../leases/with-lease.ts';
import { localRecord } from './local-record.ts';
import type { RefreshContext } from './refresh-context.ts';
import { isJustRefreshed, isUnexpired, wasRejectedBefore } from './refresh-schedule.ts';
import { type RefreshOutcome, refreshWithRetries } from './refresh-with-retries.ts';
import { saveOrAdopt, saveTokens } from './save-tokens.ts';
import { isTokenRecord, refreshedRecord, type TokenRecord } from './token-record.ts';
import { dropUnstored, forgetUnstored, unstoredTokens } from './unstored-tokens.ts';
import { usableRecord } from './usable-record.ts';

type TokenLease = Lease<TokenRecord>;

/** Records that only a new sign-in helps, unless another process has taken over and knows better. */
async function end(
  context: RefreshContext,
  lease: TokenLease,
  error: ReauthorizationRequiredError,
): Promise<undefined> {
  if (lease.value === undefined) throw error;
  const ended = { ...lease.value, ended: error.reason };
  if ((await saveOrAdopt(context, lease, ended)) !== ended) return undefined;
  forgetUnstored(context);
  throw error;
}

/** Records the failure, which spaces out further tries. False if another process has taken over. */
async function noteFailure(
  context: RefreshContext,
  lease: TokenLease,
  record: TokenRecord,
  error: ContextSdkError,
): Promise<boolean> {
  const asked = error instanceof RateLimitError || error instanceof ServiceUnavailableError;
  const retryAfterMs = asked ? error.retryAfterMs : undefined;
  const count = (record.failure?.count ?? 0) + 1;
  const failure = { count, at: Date.now(), ...(retryAfterMs !== undefined && { retryAfterMs }) };
  const noted = { ...record, failure };
  // If the store is down, too, the refresh's own error says more.
  return (await saveOrAdopt(context, lease, noted).catch(() => noted)) === noted;
}

async function refreshAndNotify(
  context: RefreshContext,
  lease: TokenLease,
  record: TokenRecord,
): Promise<RefreshOutcome> {
  const provider = context.client.provider.id;
  const startedAt = performance.now();
  const outcome = await refreshWithRetries(record.tokenSet, {
    ...context,
    signal: lease.signal,
    mayBeConsumed: lease.takenOver || record.mayBeConsumed === true,
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

/** Gives `undefined` if another process has taken the lease over. */
async function refresh(
  context: RefreshContext,
  lease: TokenLease,
  stored: TokenRecord,
  rejected: string | undefined,
): Promise<TokenRecord | undefined> {
  const unstored = unstoredTokens(context, stored);
  if (unstored === undefined) dropUnstored(context, stored);
  // They may be the rejected token of a sign-in, with the newer refresh token that it inherits.
  if (unstored !== undefined && isUnexpired(unstored) && unstored.tokenSet.accessToken !== rejected)
    return await saveTokens(context, lease, stored, unstored);
  const record = unstored ?? stored;
  const isAgain = record.tokenSet.accessToken === rejected && isJustRefreshed(record);
  const outcome = await refreshAndNotify(context, lease, record);
  if ('tokenSet' in outcome) {
    const refreshed = refreshedRecord(record, outcome.tokenSet);
    const next: TokenRecord = { ...refreshed, ...(isAgain && { replacesJustRefreshed: true }) };
    return await saveTokens(context, lease, stored, next);
  }
  const { error, mayBeConsumed } = outcome;
  if (error instanceof ReauthorizationRequiredError) return await end(context, lease, error);
  const failed: TokenRecord = { ...record, ...(mayBeConsumed && { mayBeConsumed }) };
  if (await noteFailure(context, lease, failed, error)) throw error;
  return undefined;
}

/**
 * The service rejects a token, and there is no refresh token. A single rejection may be the service's own trouble, so the
 * token is quarantined for a minute and tried once more. A second rejection ends the connection.
 */
async function rejectedWithoutRefresh(
  context: RefreshContext,
  lease: TokenLease,
  stored: TokenRecord | undefined,
): Promise<undefined> {
  const error = new ReauthorizationRequiredError('rejected', { service: context.client.provider.id });
  if (stored === undefined || wasRejectedBefore(stored)) return await end(context, lease, error);
  await saveOrAdopt(context, lease, { ...stored, rejectedAt: Date.now() });
  throw error;
}

/**
 * Refreshes the tokens of one record, or finds that another process has. It holds the lease that lies in the record, so
 * that at most one of all processes sends the refresh token at a time (docs/facts/oauth.md#rotation-and-reuse).
 */
export async function refreshUnderLease(
  context: RefreshContext,
  rejected: string | undefined,
): Promise<TokenRecord> {
  const { store, key, leaseTtlMs: ttlMs, client } = context;
  const { known } = context.shared;
  const usable = (record: TokenRecord | undefined): TokenRecord | undefined => {
    // What another process takes for lost lies here.
    if (record?.ended !== undefined && unstoredTokens(context, record) !== undefined) return undefined;
    return usableRecord(record, rejected, client.provider.id);
  };
  let reading = known.begin();
  const onRead = (): void => void (reading = known.begin());
  const skipIf = (read: TokenRecord | undefined): TokenRecord | undefined =>
    usable(known.read(reading, localRecord(context, read)));
  const work = async (lease: TokenLease): Promise<TokenRecord | undefined> => {
    const stored = localRecord(context, lease.value);
    // What was read before may have been older than what is known. This value is the newest: nobody else can write.
    known.read(known.begin(), stored);
    const record = usable(stored);
    if (record !== undefined) return record;
    if (stored?.tokenSet.refreshToken === undefined)
      return await rejectedWithoutRefresh(context, lease, stored);
    return await refresh(context, lease, stored, rejected);
  };
  for (;;) {
    const options = { ttlMs, onRead, skipIf, isValue: isTokenRecord };
    const record = await withLease<TokenRecord, TokenRecord | undefined>(store, key, options, work);
    if (record !== undefined) return record;
  }
}
