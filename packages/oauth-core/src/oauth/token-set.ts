import { hideFromInspect } from '../redaction/hide-from-inspect.ts';

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
export function loggableTokenSet(tokenSet: TokenSet): TokenSet {
  return hideFromInspect(tokenSet, ({ expiresAt, obtainedAt, scopes, refreshToken }) => ({
    accessToken: '[redacted]',
    ...(refreshToken !== undefined && { refreshToken: '[redacted]' }),
    ...(expiresAt !== undefined && { expiresAt }),
    obtainedAt,
    scopes,
  }));
}

/** Whether a token can stand in a header: visible ASCII (RFC 6750 §2.1 allows less). */
export function isToken(token: unknown): token is string {
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
}
