import { omitUndefined } from '../json/json-object.ts';
import { hideFromInspect } from '../redaction/hide-from-inspect.ts';

/** How long a token endpoint may take. */
export const TOKEN_REQUEST_TIMEOUT_MS = 10_000;

/** What a provider grants. Times are epoch milliseconds. `util.inspect` shows no token. */
export interface TokenSet {
  accessToken: string;
  refreshToken?: string | undefined;
  /** Absent where the provider does not say. */
  expiresAt?: number | undefined;
  obtainedAt: number;
  /** The scopes that were granted, which may be fewer than were asked for. */
  scopes: readonly string[];
  idToken?: string | undefined;
  /** Names the grant: new at each sign-in, and kept through refreshes. */
  grantId?: string | undefined;
  /** The provider's permanent id of the account, where it is known. */
  accountId?: string | undefined;
  /** The only origin that the access token may go to, where the grant is for one server. */
  origin?: string | undefined;
}

/**
 * When tokens were obtained, in epoch milliseconds. Their lifetime counts from before the request, unless the response took so
 * long that less than half would be left: a token that had expired on its way would be requested again for every call. Beyond
 * the time that a request may take the process had stopped, and the token has aged meanwhile.
 */
export function timeObtained(
  askedAt: number,
  {
    expiresIn,
    timeoutMs = TOKEN_REQUEST_TIMEOUT_MS,
  }: { expiresIn: number | undefined; timeoutMs: number | undefined },
): number {
  const now = Date.now();
  if (expiresIn === undefined || now - askedAt > timeoutMs) return askedAt;
  return Math.max(askedAt, now - expiresIn * 500);
}

/** What a token set says of its grant; a refresh changes none of it. */
export type GrantFacts = Pick<TokenSet, 'grantId' | 'accountId' | 'origin'>;

export function grantFactsOf({ grantId, accountId, origin }: GrantFacts): GrantFacts {
  return omitUndefined({ grantId, accountId, origin });
}

/** The same token set, safe to log. */
export function loggableTokenSet(tokenSet: TokenSet): TokenSet {
  return hideFromInspect(tokenSet, ({ expiresAt, obtainedAt, scopes, refreshToken }) => ({
    accessToken: '[redacted]',
    ...(refreshToken !== undefined && { refreshToken: '[redacted]' }),
    ...(expiresAt !== undefined && { expiresAt }),
    obtainedAt,
    scopes,
    ...grantFactsOf(tokenSet),
  }));
}

/** Whether a token can stand in a header: visible ASCII (RFC 6750 §2.1 allows less). */
export function isToken(token: unknown): token is string {
  return typeof token === 'string' && /^[\x21-\x7e]+$/.test(token);
}
