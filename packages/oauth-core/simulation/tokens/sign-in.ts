import type { TokenSet } from '../../src/index.ts';
import type { SimProcess } from '../engine/sim-process.ts';
import type { AuthorizationServer } from './authorization-server.ts';

const CLAIMS = JSON.stringify({ iss: 'https://as.test', sub: 'user', aud: 'client' });
const ID_TOKEN = `header.${Buffer.from(CLAIMS).toString('base64url')}.signature`;

/** What a sign-in gives a process; it is always the same person who signs in. */
export function signIn(
  server: AuthorizationServer,
  process: SimProcess,
  withRefreshToken: boolean,
): TokenSet {
  const { access, refreshToken } = server.signIn(withRefreshToken);
  const obtainedAt = process.wallClock();
  return {
    accessToken: access.token,
    ...(refreshToken !== undefined && { refreshToken }),
    obtainedAt,
    expiresAt: obtainedAt + server.options.lifetimeMs,
    scopes: ['all'],
    idToken: ID_TOKEN,
  };
}
