/** How long tokens live and whether they can be refreshed. */
export interface TokenRules {
  readonly tokenType: 'bearer' | 'Bearer';
  readonly expiresInSeconds: number;
  readonly refreshTokens: boolean;
}

/** What TickTick does today: half a year, no refresh token. */
export const officialTokenRules: TokenRules = {
  tokenType: 'bearer',
  expiresInSeconds: 15_551_999,
  refreshTokens: false,
};

/** What the integration guide describes. */
export const guideTokenRules: TokenRules = {
  tokenType: 'Bearer',
  expiresInSeconds: 3600,
  refreshTokens: true,
};
