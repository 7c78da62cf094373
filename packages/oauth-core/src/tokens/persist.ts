import { delay } from '../delay.ts';
import { StoreError } from '../errors/index.ts';
import { isPassing } from '../stores/store-failure.ts';
import { type Lease, readLeased } from '../stores/with-lease.ts';
import { PERSIST_BUDGET_MS } from './redeem.ts';
import type { RefreshContext } from './refresh-context.ts';
import type { TokenRecord } from './token-record.ts';
import { forgetUnstored, keepUnstored } from './unstored-tokens.ts';

const RETRY_MS = 200;

/** Writes and releases; if another process has taken the lease over, gives what that one left instead. */
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

/** A store that is away for seconds, as while it restarts, must not cost the tokens; nor must a connection that was cut. */
async function saveInTime(
  context: RefreshContext,
  lease: Lease<TokenRecord>,
  record: TokenRecord,
): Promise<TokenRecord | undefined> {
  const endsAt = performance.now() + PERSIST_BUDGET_MS;
  for (;;) {
    try {
      return await saveOrAdopt(context, lease, record);
    } catch (failure) {
      // After the lease, too: as long as nobody has taken it over, its holder may save.
      if (performance.now() >= endsAt || !isPassing(failure)) throw failure;
      await delay(RETRY_MS);
    }
  }
}

/**
 * Stores new tokens before anybody uses them: a rotated refresh token that exists only here is a lost one. Gives
 * `undefined` where another process has taken the lease over: then it is that one's tokens that count.
 */
export async function persist(
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
  // The connection may have been ended or replaced meanwhile: these tokens belong to nobody then.
  const isOurs = stored?.grantId === next.grantId && stored.ended === undefined;
  if (isOurs) keepUnstored(store, key, before, next);
  else client.revoke(next.tokenSet).catch(() => undefined);
  return undefined;
}
