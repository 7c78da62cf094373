/** What went through the token endpoint so far. */
export interface OAuthStats {
  /** Refresh tokens exchanged for new ones. */
  refreshes: number;
  /** Times that a refresh token came a second time; each ended its grant. */
  refreshReuses: number;
  /** Times that a code came a second time; each ended its grant. */
  codeReplays: number;
  /** The most refresh requests that were under way at one time for one grant. */
  concurrentRefreshes: number;
}
