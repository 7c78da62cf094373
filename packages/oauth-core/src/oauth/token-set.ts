import { conceal } from '../redaction/conceal.ts';

/** What a provider grants. Times are epoch milliseconds. `util.inspect` shows no token. */
export interface TokenSet {
  accessToken: string;
  refreshToken?: string;
  /** Absent where the provider does not say. */
  expiresAt?: number;
  obtainedAt: number;
  /** The scopes that were granted, which may be fewer than were asked for. */
  scopes: readonly string[];
  idToken?: string;
}

/** The same token set, safe to log. */
export function concealTokenSet(tokenSet: TokenSet): TokenSet {
  return conceal(tokenSet, ({ expiresAt, obtainedAt, scopes, refreshToken }) => ({
    accessToken: '[redacted]',
    ...(refreshToken !== undefined && { refreshToken: '[redacted]' }),
    ...(expiresAt !== undefined && { expiresAt }),
    obtainedAt,
    scopes,
  }));
}
