import { type AccountTokens, accountTokens, type AccountTokensOptions } from './account-tokens.ts';

export type { AccountColumns, AccountDatabase, TokenEncryption } from './account-database.ts';
export type { AccountTokens, AccountTokensOptions } from './account-tokens.ts';

/**
 * Token managers over the account table of Auth.js. Refreshes happen under a lease, once however many processes ask, and
 * the new tokens are written to the row if it still has the old ones. If the user signs in again, the row's new tokens count.
 *
 * Nothing else may refresh these tokens: leave refresh token rotation out of Auth.js' callbacks.
 *
 * @example
 * const tokensOf = tokensFromAuthJs({ client, store, database: { dialect: 'postgresql', query } });
 * const calendar = new GoogleCalendarClient({ auth: tokensOf(session.user.id) });
 */
export function tokensFromAuthJs(options: AccountTokensOptions): AccountTokens {
  return accountTokens(options, {
    table: 'accounts',
    columns: {
      user: 'userId',
      provider: 'provider',
      account: 'providerAccountId',
      accessToken: 'access_token',
      refreshToken: 'refresh_token',
      idToken: 'id_token',
      expiresAt: 'expires_at',
      scope: 'scope',
    },
    scopeSeparator: ' ',
    expiresInSeconds: true,
  });
}
