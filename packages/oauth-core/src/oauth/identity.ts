import { idTokenClaims } from './id-token-claims.ts';
import type { TokenSet } from './token-set.ts';

/** Who signed in, by the id_token. */
export interface Identity {
  /** `sub`: unique at the provider and never given to somebody else. The one to recognise users by. */
  subject: string;
  /** May change, and may come to be somebody else's. */
  email?: string;
  emailVerified?: boolean;
  name?: string;
}

/**
 * Who signed in; `undefined` where the token set has no id_token. It was checked when it came, straight from the
 * provider: never call this with a token that a browser or an app sent.
 */
export function identityOf({ idToken }: Pick<TokenSet, 'idToken'>): Identity | undefined {
  if (idToken === undefined) return undefined;
  const { sub, email, email_verified: emailVerified, name } = idTokenClaims(idToken);
  if (typeof sub !== 'string' || sub === '') return undefined;
  return {
    subject: sub,
    ...(typeof email === 'string' && { email }),
    ...(typeof emailVerified === 'boolean' && { emailVerified }),
    ...(typeof name === 'string' && { name }),
  };
}
