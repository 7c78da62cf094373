import {
  ApiError,
  ConfigurationError,
  ContextSdkError,
  NetworkError,
  ReauthorizationRequiredError,
} from '../../errors/index.ts';
import { readLeased } from '../../leases/read-leased.ts';
import type { OAuthProvider } from '../../oauth/provider.ts';
import type { RecordStore } from '../../stores/record-store.ts';
import { ifUnreadable } from '../../stores/store-outcome.ts';
import { isTokenRecord, type TokenRecord } from '../token-record.ts';
import {
  pauseKeyOf,
  pauseMs,
  pendingRevocation,
  recordKeyOf,
  type RevocationRecord,
} from './outbox-records.ts';
import { unmarkOwn } from './own-entries.ts';
import type { OutboxParts, RevocationAttempt, RevocationOutcome } from './pending-revocation.ts';
import { beginPause } from './revocation-pause.ts';

type Found = { record: RevocationRecord; version: string };

/** Codes of a provider that no longer knows a token, which is the goal (RFC 7009 §2.2.1). */
const UNKNOWN_TOKEN = new Set(['invalid_token', 'invalid_grant', 'unsupported_token_type']);

/** Whether the provider has nothing left to revoke. */
function isUnknownToken(error: unknown): boolean {
  if (error instanceof ReauthorizationRequiredError) return true;
  return error instanceof ApiError && UNKNOWN_TOKEN.has(error.serviceCode ?? '');
}

/** Asks the provider to end one grant, and takes it out of the outbox if that is done. */
export async function attemptRevocation(
  parts: OutboxParts,
  id: string,
  found: Found,
): Promise<RevocationAttempt> {
  const { store } = parts;
  const { record } = found;
  const result = await revoke(parts, record).catch((error: unknown) => errorFrom(error, record.provider));
  const isPending = typeof result !== 'string';
  const pending = pendingRevocation(id, { ...record, attempts: record.attempts + 1 });
  const attempt: RevocationAttempt = isPending
    ? { ...pending, outcome: 'pending', error: result }
    : { ...pending, outcome: result };
  await (isPending ? postpone(store, id, found) : remove(store, id, record.userId));
  parts.report(attempt);
  return attempt;
}

/** Rejects also if the host's `around` throws at once. */
async function revoke(parts: OutboxParts, record: RevocationRecord): Promise<RevocationOutcome> {
  return await parts.around(record, () => outcomeOf(parts, record));
}

async function outcomeOf(
  { store, clientOf }: OutboxParts,
  { provider, tokenSet, key }: RevocationRecord,
): Promise<RevocationOutcome> {
  const client = clientOf(provider);
  if (client === undefined) {
    throw new ConfigurationError('There is no OAuth client to revoke a grant with.', { service: provider });
  }
  if (client.provider.revocationEndpoint === undefined) return 'unsupported';
  if (key !== undefined && (await isInUse(store, key, tokenSet, client.provider))) return 'in-use';
  try {
    await client.revoke(tokenSet);
  } catch (error) {
    if (!isUnknownToken(error)) throw error;
  }
  return 'revoked';
}

/** Whether a revocation would end what the connection has now. A record that can't be read has nothing in use. */
async function isInUse(
  store: RecordStore,
  key: string,
  { grantId, accountId, accessToken, refreshToken }: TokenRecord['tokenSet'],
  { revocationEndsAccount = false }: OAuthProvider,
): Promise<boolean> {
  const current = await readLeased(store, key, isTokenRecord).catch(ifUnreadable(undefined));
  if (current === undefined || current.ended !== undefined) return false;
  const { tokenSet } = current;
  const isSameAccount = accountId !== undefined && tokenSet.accountId === accountId;
  return (
    (grantId !== undefined && current.grantId === grantId) ||
    tokenSet.accessToken === accessToken ||
    (refreshToken !== undefined && tokenSet.refreshToken === refreshToken) ||
    (isSameAccount && revocationEndsAccount)
  );
}

function errorFrom(failure: unknown, service: string): ContextSdkError {
  if (failure instanceof ContextSdkError) return failure;
  return new NetworkError('The grant could not be revoked.', { service, sent: true });
}

async function remove(store: RecordStore, id: string, userId: string | undefined): Promise<void> {
  await store.delete(recordKeyOf(id));
  await unmarkOwn(store, id, userId);
  await store.delete(pauseKeyOf(id));
}

/** Counts the attempt, and rests by the store's clock. If another process was first, its count is as good. */
async function postpone(store: RecordStore, id: string, { record, version }: Found): Promise<void> {
  const attempts = record.attempts + 1;
  await store.compareAndSet(recordKeyOf(id), version, JSON.stringify({ ...record, attempts }));
  await beginPause(store, id, pauseMs(attempts));
}
