import { createRandom } from '../../random.ts';
import { signJwt } from '../signing-key.ts';

const LIFETIME_SECONDS = 3600;

/** The OIDC token that shows who pushes; `now` is in milliseconds since the epoch. */
export function pushToken(serviceAccount: string, audience: string, now: number): Promise<string> {
  const iat = Math.floor(now / 1000);
  const id = numericId(serviceAccount);
  return signJwt({
    aud: audience,
    azp: id,
    email: serviceAccount,
    email_verified: true,
    exp: iat + LIFETIME_SECONDS,
    iat,
    iss: 'https://accounts.google.com',
    sub: id,
  });
}

/** A service account's number: 21 digits, the same for the same address. */
function numericId(serviceAccount: string): string {
  const random = createRandom(serviceAccount);
  return `1${Array.from({ length: 20 }, () => random.integer(10)).join('')}`;
}
