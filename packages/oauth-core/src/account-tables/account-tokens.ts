import { ConfigurationError } from '../errors/index.ts';
import { checkObject, checkOptions, type OptionTypes } from '../options/option-types.ts';
import type { RecordStore } from '../stores/record-store.ts';
import { soundStore } from '../stores/sound-store.ts';
import { MANAGER_OPTIONS, type TokenManagerOptions } from '../tokens/token-manager-options.ts';
import { TokenManager } from '../tokens/token-manager.ts';
import type { AccountColumns, AccountDatabase, AccountLayout, TokenEncryption } from './account-database.ts';
import { AccountStore, keyOf } from './account-store.ts';
import { AccountTable } from './account-table.ts';

/** Where a sign-in library keeps its accounts, and how their tokens are refreshed. */
export interface AccountTokensOptions extends Omit<TokenManagerOptions, 'store' | 'key' | 'account'> {
  /** Keeps leases, and what the table has no column for. All processes share it. */
  store: RecordStore;
  database: AccountDatabase;
  /** The provider's id in the table. Default: that of the client's provider. */
  provider?: string | undefined;
  /** With a schema: `auth.account`. Default: the library's own. */
  table?: string | undefined;
  /** Names that differ from the library's own. */
  columns?: Partial<AccountColumns> | undefined;
  /** How the library encrypts the token columns. Default: it doesn't. */
  encryption?: TokenEncryption | undefined;
}

/** Gives the tokens of a user, or of one of the user's accounts at the provider. */
export type AccountTokens = (userId: string, accountId?: string) => TokenManager;

const { key: _, account: __, ...OF_MANAGERS } = MANAGER_OPTIONS;
const OPTIONS: OptionTypes<AccountTokensOptions> = {
  ...OF_MANAGERS,
  store: 'object',
  database: 'object',
  provider: 'string',
  table: 'string',
  columns: {
    user: 'string',
    provider: 'string',
    account: 'string',
    accessToken: 'string',
    refreshToken: 'string',
    idToken: 'string',
    expiresAt: 'string',
    scope: 'string',
  },
  encryption: 'object',
};

/** Token managers over the rows of one layout. */
export function accountTokens(options: AccountTokensOptions, layout: AccountLayout): AccountTokens {
  checkObject(options, 'options');
  checkOptions(options, OPTIONS);
  checkObject(options.client, 'client');
  checkObject(options.client.provider, 'client.provider');
  checkObject(options.store, 'store');
  const { database, store, provider, table, columns, encryption, ...rest } = options;
  if (typeof database?.query !== 'function') throw new ConfigurationError('database has to have a query().');
  if (database.dialect !== 'postgresql' && database.dialect !== 'sqlite')
    throw new ConfigurationError("database.dialect must be 'postgresql' or 'sqlite'.");
  const own: AccountLayout = {
    ...layout,
    table: table ?? layout.table,
    columns: { ...layout.columns, ...columns },
  };
  const accounts = new AccountStore(soundStore(store), new AccountTable(database, own, encryption));
  const providerId = provider ?? options.client.provider.id;
  return (userId, accountId) =>
    new TokenManager({ ...rest, store: accounts, key: keyOf({ provider: providerId, userId, accountId }) });
}
