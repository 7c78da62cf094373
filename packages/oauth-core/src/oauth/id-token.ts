import type { AuthorizationServer } from 'oauth4webapi';
import { fromBase64 } from '../crypto/base64.ts';
import { parseJsonObject } from '../json/json-object.ts';
import type { TokenSet } from './token-set.ts';

/** Who signed in, by the id_token. */
export interface Identity {
  /** `sub`: unique at the provider and never reassigned. The one to recognize users by. */
  subject: string;
  /** May change, and may later belong to another user. */
  email?: string;
  emailVerified?: boolean;
  name?: string;
}

/** The claims of an id_token, unchecked; empty if it is not a JWT. */
function claimsOf(idToken: string): Record<string, unknown> {
  const [, payload = ''] = idToken.split('.');
  return parseJsonObject(new TextDecoder().decode(fromBase64(payload))) ?? {};
}

/**
 * Who signed in; `undefined` if the token set has no id_token. The id_token was checked when it came, straight from the
 * provider: never call this with a token that a browser or an app sent.
 */
export function identityOf(tokenSet: { idToken?: string | undefined }): Identity | undefined {
  const idToken = tokenSet?.idToken;
  if (typeof idToken !== 'string') return undefined;
  const { sub, email, email_verified: emailVerified, name } = claimsOf(idToken);
  if (typeof sub !== 'string' || sub === '') return undefined;
  return {
    subject: sub,
    ...(typeof email === 'string' && { email }),
    ...(typeof emailVerified === 'boolean' && { emailVerified }),
    ...(typeof name === 'string' && { name }),
  };
}

/** The provider's id of the account, as far as the token set tells. */
export function accountIdOf({
  accountId,
  idToken,
}: Pick<TokenSet, 'accountId' | 'idToken'>): string | undefined {
  return accountId ?? identityOf({ idToken })?.subject;
}

/** The server under the name that the response's id_token uses for it, if that is one of its names. */
export async function serverNamedIn(
  response: Response,
  server: AuthorizationServer,
  otherIssuers: readonly string[] = [],
): Promise<AuthorizationServer> {
  if (otherIssuers.length === 0) return server;
  const { id_token: idToken = '' } = (await response.clone().json()) as { id_token?: string };
  const { iss } = claimsOf(idToken);
  const issuer = otherIssuers.find((name) => name === iss);
  return issuer === undefined ? server : { ...server, issuer };
}
