/** What went through Google's token endpoint so far. */
export interface GoogleOAuthStats {
  /** Requests to it, refused ones too. */
  tokenRequests: number;
  /** Access tokens given for refresh tokens. */
  refreshes: number;
  /** Times that a code came a second time. */
  codeReplays: number;
}
