import type { TokenEndpointResponse } from 'oauth4webapi';
import { type GrantFacts, grantFactsOf, loggableTokenSet, timeObtained, type TokenSet } from './token-set.ts';

/** The token set of an answer. What it leaves out stays as it was (RFC 6749 §6). */
export function tokenSetOf(
  answer: TokenEndpointResponse,
  { askedAt, timeoutMs }: { askedAt: number; timeoutMs: number | undefined },
  before: Pick<TokenSet, 'scopes' | 'refreshToken' | 'idToken'> & GrantFacts,
): TokenSet {
  const refreshToken = answer.refresh_token ?? before.refreshToken;
  const idToken = answer.id_token ?? before.idToken;
  // A scope without a word in it is none that was said.
  const scopes = answer.scope?.split(/[\s,]+/).filter(Boolean) ?? [];
  const at = timeObtained(askedAt, { expiresIn: answer.expires_in, timeoutMs });
  return loggableTokenSet({
    accessToken: answer.access_token,
    obtainedAt: at,
    scopes: scopes.length > 0 ? scopes : before.scopes,
    ...(refreshToken !== undefined && { refreshToken }),
    ...(answer.expires_in !== undefined && { expiresAt: at + answer.expires_in * 1000 }),
    ...(idToken !== undefined && { idToken }),
    ...grantFactsOf(before),
  });
}
