import { StoreError } from '../errors/index.ts';
import { type Lease, readLeased } from '../leases/with-lease.ts';
import { isTransient } from '../stores/store-outcome.ts';
import { delay } from '../timing/delay.ts';
import { type RefreshContext, SAVE_BUDGET_MS } from './refresh-context.ts';
import type { TokenRecord } from './token-record.ts';
import { forgetUnstored, keepUnstored } from './unstored-tokens.ts';

const RETRY_MS = 200;

/** Writes and releases. If another process has taken the lease over, gives what that one stored instead. */
export async function saveOrAdopt(
  { store, key }: RefreshContext,
  lease: Lease<TokenRecord>,
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

/** Tokens must survive a store that is unreachable for seconds, as while it restarts, and a connection that was cut. */
async function saveInTime(
  context: RefreshContext,
  lease: Lease<TokenRecord>,
  record: TokenRecord,
): Promise<TokenRecord | undefined> {
  const endsAt = performance.now() + SAVE_BUDGET_MS;
  for (;;) {
    try {
      return await saveOrAdopt(context, lease, record);
    } catch (failure) {
      // Even after the lease has expired: until another process takes it over, its holder may save.
      if (performance.now() >= endsAt || !isTransient(failure)) throw failure;
      await delay(RETRY_MS);
    }
  }
}

/**
 * Stores new tokens before they are used: a rotated refresh token that exists only in memory is lost with the process.
 * Gives `undefined` if another process has taken the lease over, since that one's tokens count then.
 */
export async function saveTokens(
  context: RefreshContext,
  lease: Lease<TokenRecord>,
  before: TokenRecord,
  next: TokenRecord,
): Promise<TokenRecord | undefined> {
  const { client, store, key } = context;
  const service = client.provider.id;
  let stored: TokenRecord | undefined;
  try {
    stored = await saveInTime(context, lease, next);
  } catch {
    keepUnstored(store, key, before, next);
    throw new StoreError('not-persisted', `The refreshed token of ${service} could not be stored.`, {
      service,
    });
  }
  if (stored === next) {
    forgetUnstored(store, key);
    return next;
  }
  // If the connection was ended or replaced meanwhile, these tokens must not stay valid.
  const isOurs = stored?.grantId === next.grantId && stored.ended === undefined;
  if (isOurs) keepUnstored(store, key, before, next);
  else client.revoke(next.tokenSet).catch(() => undefined);
  return undefined;
}
