import { StoreError } from '../errors/index.ts';
import { readLeased } from '../leases/read-leased.ts';
import { type Lease, withLease } from '../leases/with-lease.ts';
import { isTransient } from '../stores/store-outcome.ts';
import { backgroundDelay, delay } from '../timing/delay.ts';
import { localRecord } from './local-record.ts';
import { type RefreshContext, SAVE_BUDGET_MS } from './refresh-context.ts';
import { isTokenRecord, type TokenRecord } from './token-record.ts';
import {
  dropUnstored,
  forgetUnstored,
  hasUnstored,
  keepUnstored,
  unstoredTokens,
} from './unstored-tokens.ts';
import { stamped } from './writers-clock.ts';

const RETRY_MS = 200;
/** Pauses between attempts once the lease is over, and for how long there are any. */
const FIRST_LATER_MS = 1000;
const MAX_LATER_MS = 60_000;
const GIVE_UP_MS = 3_600_000;

/** Writes and releases. If another process has taken the lease over, gives what that one stored instead. */
export async function saveOrAdopt(
  context: RefreshContext,
  lease: Lease<TokenRecord>,
  record: TokenRecord,
): Promise<TokenRecord | undefined> {
  const { store, key, shared } = context;
  const { known, clock } = shared;
  const writing = known.begin();
  const written = stamped(record, lease.value);
  try {
    await lease.save(written);
    clock.wrote(written);
    known.wrote(writing, record);
    return record;
  } catch (error) {
    if (!(error instanceof StoreError) || error.reason !== 'lease-lost') throw error;
    const reading = known.begin();
    return known.read(reading, localRecord(context, await readLeased(store, key, isTokenRecord)));
  }
}

/** Tokens must survive a store that is unreachable for a while, as during a failover, and a connection that was cut. */
async function saveUntil(
  endsAt: number,
  context: RefreshContext,
  lease: Lease<TokenRecord>,
  record: TokenRecord,
): Promise<TokenRecord | undefined> {
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

/** Gives `undefined` if another process has taken the lease over. */
async function save(
  endsAt: number,
  context: RefreshContext,
  lease: Lease<TokenRecord>,
  next: TokenRecord,
): Promise<TokenRecord | undefined> {
  const stored = await saveUntil(endsAt, context, lease, next);
  if (stored === next) {
    forgetUnstored(context);
    return next;
  }
  if (stored === undefined || unstoredTokens(context, stored) === undefined) dropUnstored(context, stored);
  return undefined;
}

/**
 * Goes on once the lease is over, with one of its own each time. If another process has ended the grant by then, its
 * unstored tokens are revoked.
 */
async function saveLater(context: RefreshContext): Promise<void> {
  const { store, key, leaseTtlMs: ttlMs } = context;
  const startedAt = performance.now();
  for (let pauseMs = FIRST_LATER_MS; hasUnstored(context); pauseMs = Math.min(2 * pauseMs, MAX_LATER_MS)) {
    if (performance.now() - startedAt > GIVE_UP_MS) return;
    await backgroundDelay(pauseMs);
    const attempt = withLease<TokenRecord, void>(
      store,
      key,
      { ttlMs, isValue: isTokenRecord },
      async (lease) => {
        const unstored = lease.value && unstoredTokens(context, lease.value);
        if (unstored === undefined) dropUnstored(context, lease.value);
        else await save(performance.now(), context, lease, unstored);
      },
    );
    await attempt.catch(() => undefined);
  }
}

/**
 * Stores new tokens before they are used: a rotated refresh token that exists only in memory is lost with the process.
 * Callers wait for five seconds; after that, saving goes on without them, since no other process can store these tokens.
 * Gives `undefined` if another process has taken the lease over, since that one's tokens count then.
 */
export async function saveTokens(
  context: RefreshContext,
  lease: Lease<TokenRecord>,
  before: TokenRecord,
  next: TokenRecord,
): Promise<TokenRecord | undefined> {
  const service = context.client.provider.id;
  keepUnstored(context, before, next);
  try {
    return await save(performance.now() + SAVE_BUDGET_MS, context, lease, next);
  } catch (failure) {
    const leaseEndsAt = performance.now() + lease.remainingMs();
    if (isTransient(failure))
      save(leaseEndsAt, context, lease, next)
        .catch(() => context.shared.laterSaves.run(() => saveLater(context)))
        .catch(() => undefined);
    throw new StoreError('not-persisted', `The refreshed token of ${service} could not be stored.`, {
      service,
    });
  }
}
