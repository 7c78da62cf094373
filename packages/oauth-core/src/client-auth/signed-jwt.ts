import type { CryptoKeyHandle } from '../crypto/keys.ts';
import { loadLibrary } from '../oauth/library.ts';

/**
 * A JWT that oauth4webapi signs as the assertion of a client: with `jti`, `iat`, `nbf` and `exp` of a minute. The parts given here
 * replace its own; one that is undefined is left out.
 */
export async function signedJwt(
  key: CryptoKeyHandle,
  parts: { header?: Record<string, string>; payload: Record<string, string | undefined> },
): Promise<string> {
  const { PrivateKeyJwt, modifyAssertion } = await loadLibrary();
  const authenticate = PrivateKeyJwt(key, {
    [modifyAssertion](header: Record<string, unknown>, payload: Record<string, unknown>) {
      Object.assign(header, { typ: 'JWT' }, parts.header);
      Object.assign(payload, parts.payload);
    },
  });
  const body = new URLSearchParams();
  await authenticate(
    { issuer: parts.payload['aud'] ?? '' },
    { client_id: parts.payload['iss'] ?? '' },
    body,
    new Headers(),
  );
  return body.get('client_assertion') ?? '';
}
