import { ConfigurationError, StoreError } from '../errors/index.ts';
import { isObject, parseJsonObject } from '../json/json-object.ts';
import type { TokenSet } from '../oauth/token-set.ts';
import type { RecordStore, StoredRecord } from '../stores/record-store.ts';
import { isTokenRecord, newTokenRecord } from '../tokens/token-record.ts';
import { type AccountId, type AccountRow, type AccountTable, hashOf } from './account-table.ts';

/** A record beside a row: the tokens that were in the row before, and those that belong there since. */
interface Beside {
  readonly version: string;
  readonly before: string;
  readonly after: string;
  /** As `withLease` wrote it. */
  readonly envelope: string;
}

const MAX_REPAIRS = 5;

/**
 * Token records whose tokens are in the account rows of a sign-in library. A lease and what else a row has no column for is
 * in a record of the host's store, with the tokens once more. Which of the two is newer is told by the row: if it has what was
 * there before the last refresh, the write to it was lost, and is made again; if it has anything else, the library wrote it.
 */
export class AccountStore implements RecordStore {
  readonly #store: RecordStore;
  readonly #table: AccountTable;

  constructor(store: RecordStore, table: AccountTable) {
    this.#store = store;
    this.#table = table;
  }

  async get(key: string): Promise<StoredRecord | undefined> {
    for (let repairs = 0; repairs < MAX_REPAIRS; repairs += 1) {
      const [beside, row] = await Promise.all([this.#beside(key), this.#table.read(accountIn(key))]);
      const hash = row?.hash ?? '';
      if (beside === undefined && hash === '') return undefined;
      const isLost =
        beside !== undefined && row !== undefined && hash !== beside.after && hash === beside.before;
      if (!isLost) {
        const isOurs = beside !== undefined && hash === beside.after;
        const value = isOurs ? beside.envelope : withTokens(beside?.envelope, row);
        return { value, version: join(beside?.version, hash) };
      }
      await this.#table.write(row, tokensIn(beside.envelope));
    }
    throw new StoreError('unavailable', 'The account changes too often.');
  }

  async compareAndSet(
    key: string,
    expected: string | undefined,
    value: string,
    options?: { ttlMs?: number | undefined },
  ): Promise<string | undefined> {
    const [version, before] = split(expected);
    const row = await this.#table.read(accountIn(key));
    if ((row?.hash ?? '') !== before) return undefined;
    const tokens = tokensIn(value);
    if (tokens !== undefined && row === undefined)
      throw new ConfigurationError('The user has no account row: the sign-in library makes it.');
    const after = await hashOf(tokens);
    const record = JSON.stringify({ before, after, envelope: value });
    const next = await this.#store.compareAndSet(key, version, record, options);
    if (next === undefined) return undefined;
    // From here on the tokens are safe: whoever reads the row next makes up for a write that failed.
    if (row !== undefined && after !== before) await this.#table.write(row, tokens).catch(() => false);
    return join(next, after);
  }

  async delete(key: string, expected?: string): Promise<boolean> {
    if (expected === undefined) return await this.#store.delete(key);
    const [version, before] = split(expected);
    const row = await this.#table.read(accountIn(key));
    if ((row?.hash ?? '') !== before) return false;
    if (row?.tokens !== undefined && !(await this.#table.write(row, undefined))) return false;
    return version === undefined || (await this.#store.delete(key, version));
  }

  async list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]> {
    return await this.#store.list(prefix, options);
  }

  async #beside(key: string): Promise<Beside | undefined> {
    const stored = await this.#store.get(key);
    if (stored === undefined) return undefined;
    const { before, after, envelope } = parseJsonObject(stored.value) ?? {};
    if (typeof before === 'string' && typeof after === 'string' && typeof envelope === 'string')
      return { version: stored.version, before, after, envelope };
    throw new StoreError('corrupt', 'A record beside an account is not one that the SDK wrote.');
  }
}

const START = 'account/';

/** The record of an account: `account/<provider>/<user>` and perhaps the account. */
export function keyOf({ provider, userId, accountId }: AccountId): string {
  const parts = [provider, userId, ...(accountId === undefined ? [] : [accountId])];
  return START + parts.map(encodeURIComponent).join('/');
}

function accountIn(key: string): AccountId {
  const [provider = '', userId = '', accountId] = key.slice(START.length).split('/').map(decodeURIComponent);
  return { provider, userId, accountId };
}

function join(version: string | undefined, hash: string): string {
  return `${hash} ${version ?? ''}`;
}

function split(joined: string | undefined): [version: string | undefined, hash: string] {
  const [hash = '', version = ''] = joined?.split(' ', 2) ?? [];
  return [version === '' ? undefined : version, hash];
}

function tokensIn(envelope: string): TokenSet | undefined {
  const data = parseJsonObject(envelope)?.['data'];
  return isTokenRecord(data) ? data.tokenSet : undefined;
}

/** The envelope with the row's tokens as those of a new sign-in, or with none. */
function withTokens(envelope: string | undefined, row: AccountRow | undefined): string {
  const { data: _, ...rest } = (envelope === undefined ? undefined : parseJsonObject(envelope)) ?? {};
  const tokens = row?.tokens;
  if (tokens === undefined) return JSON.stringify(isObject(rest) ? rest : {});
  return JSON.stringify({ ...rest, data: newTokenRecord(tokens, `row-${row?.hash ?? ''}`) });
}
