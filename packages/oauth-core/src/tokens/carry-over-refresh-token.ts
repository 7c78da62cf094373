import { identityOf } from '../oauth/id-token.ts';
import type { TokenSet } from '../oauth/token-set.ts';
import type { TokenRecord } from './token-record.ts';

/**
 * The token set of a new sign-in, with the refresh token that is held where it brings none and both are certainly the
 * same person's: another person's would act in the wrong name.
 */
export function carryOverRefreshToken(tokenSet: TokenSet, held: TokenRecord | undefined): TokenSet {
  const refreshToken = held?.ended === undefined ? held?.tokenSet.refreshToken : undefined;
  if (tokenSet.refreshToken !== undefined || refreshToken === undefined || held === undefined)
    return tokenSet;
  const subject = identityOf(tokenSet)?.subject;
  if (subject === undefined || subject !== identityOf(held.tokenSet)?.subject) return tokenSet;
  return { ...tokenSet, refreshToken };
}
