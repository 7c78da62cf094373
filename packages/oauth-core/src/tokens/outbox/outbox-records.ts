import { sha256 } from '../../crypto/sha256.ts';
import { StoreError } from '../../errors/index.ts';
import { isObject, omitUndefined, parseJsonObject, textOf } from '../../json/json-object.ts';
import { isToken, type TokenSet } from '../../oauth/token-set.ts';
import type { RecordStore } from '../../stores/record-store.ts';
import { toStoreError } from '../../stores/store-outcome.ts';
import type { GrantToRevoke, PendingRevocation } from './pending-revocation.ts';

/** A grant in the outbox as it is stored. */
export interface RevocationRecord extends Omit<PendingRevocation, 'id'> {
  v: 1;
  tokenSet: TokenSet;
  key?: string;
}

/** Of three parts, since Redis has an index of what begins with two. */
const PREFIX = 'revocation/pending/';

export const recordKeyOf = (id: string): string => `${PREFIX}${id}`;

/** Of the pause of an entry. */
export const pauseKeyOf = (id: string): string => `revocation-pause/${id}`;

/** The same for the same tokens, so that a grant that is added twice is revoked once. */
export async function idOf({ provider, tokenSet }: GrantToRevoke): Promise<string> {
  const token = tokenSet.refreshToken ?? tokenSet.accessToken;
  return (await sha256(`${provider} ${token}`)).slice(0, 22);
}

export function revocationRecord({ provider, tokenSet, key, userId }: GrantToRevoke): RevocationRecord {
  const { accessToken, refreshToken, obtainedAt, scopes, grantId, accountId } = tokenSet;
  const facts = omitUndefined({ key, userId, grantId, accountId });
  const tokens = { accessToken, obtainedAt, scopes, ...omitUndefined({ refreshToken, grantId, accountId }) };
  return { v: 1, provider, ...facts, tokenSet: tokens, attempts: 0, since: Date.now() };
}

/** Throws {@link StoreError} `corrupt` for anything else than such a record. */
export function parsedRevocation(text: string): RevocationRecord {
  const record = parseJsonObject(text);
  const tokenSet = record?.['tokenSet'];
  const isWhole =
    record?.['v'] === 1 &&
    textOf(record['provider']) !== undefined &&
    Number.isInteger(record['attempts']) &&
    typeof record['since'] === 'number' &&
    isObject(tokenSet) &&
    isToken(tokenSet['accessToken']);
  if (isWhole) return record as unknown as RevocationRecord;
  throw new StoreError('corrupt', 'A record of the revocation outbox is not one that the SDK wrote.');
}

export function pendingRevocation(id: string, record: RevocationRecord): PendingRevocation {
  const { provider, userId, grantId, accountId, attempts, since } = record;
  return { id, provider, attempts, since, ...omitUndefined({ userId, grantId, accountId }) };
}

/** How long an entry rests before its first attempt: its writer still has to replace the connection. */
export const FIRST_PAUSE_MS: number = 60_000;
const MAX_PAUSE_MS = 6 * 3_600_000;

/** Milliseconds from one attempt to the next. */
export function pauseMs(attempts: number): number {
  return Math.min(MAX_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20));
}

/** An entry as it was read; undefined if it is gone. Throws {@link StoreError} if it can't be read. */
export async function readRevocation(
  store: RecordStore,
  id: string,
): Promise<{ record: RevocationRecord; version: string } | undefined> {
  try {
    const stored = await store.get(recordKeyOf(id));
    return stored && { record: parsedRevocation(stored.value), version: stored.version };
  } catch (failure) {
    throw toStoreError(failure);
  }
}

/** The ids of all entries. */
export async function revocationIds(store: RecordStore): Promise<string[]> {
  return (await store.list(PREFIX)).map((key) => key.slice(PREFIX.length));
}
