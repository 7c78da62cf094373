import { type AccountTokens, accountTokens, type AccountTokensOptions } from './account-tokens.ts';

export type { AccountColumns, AccountDatabase, TokenEncryption } from './account-database.ts';
export type { AccountTokens, AccountTokensOptions } from './account-tokens.ts';

/**
 * Token managers over the account table of Better Auth. Refreshes happen under a lease, once however many processes ask,
 * and the new tokens are written to the row if it still has the old ones. If the user signs in again, the row's new tokens
 * count. With `account.encryptOAuthTokens`, pass `encryption`.
 *
 * Nothing else may refresh these tokens: don't call `auth.api.getAccessToken` or `refreshToken` for the provider.
 *
 * @example
 * const tokensOf = tokensFromBetterAuth({ client, store, database: { dialect: 'postgresql', query } });
 * const calendar = new GoogleCalendarClient({ auth: tokensOf(session.user.id) });
 */
export function tokensFromBetterAuth(options: AccountTokensOptions): AccountTokens {
  return accountTokens(options, {
    table: 'account',
    columns: {
      user: 'userId',
      provider: 'providerId',
      account: 'accountId',
      accessToken: 'accessToken',
      refreshToken: 'refreshToken',
      idToken: 'idToken',
      expiresAt: 'accessTokenExpiresAt',
      scope: 'scope',
    },
    scopeSeparator: ',',
    expiresInSeconds: false,
  });
}
