import type { AuthorizationServer } from 'oauth4webapi';
import { idTokenClaims } from './id-token-claims.ts';

/** The server by the name that the answer's id_token gives it, if that is one of its names. */
export async function namedServer(
  server: AuthorizationServer,
  otherIssuers: readonly string[],
  answer: Response,
): Promise<AuthorizationServer> {
  if (otherIssuers.length === 0) return server;
  const { id_token: idToken = '' } = (await answer.clone().json()) as { id_token?: string };
  const { iss } = idTokenClaims(idToken);
  const issuer = otherIssuers.find((name) => name === iss);
  return issuer === undefined ? server : { ...server, issuer };
}
