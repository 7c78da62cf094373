import { fromBase64 } from '../crypto/base64.ts';
import { parseJsonObject } from '../requests/parse-json-object.ts';

/** The claims of an id_token, unchecked; none where it is no JWT. */
export function idTokenClaims(idToken: string): Record<string, unknown> {
  const [, payload = ''] = idToken.split('.');
  return parseJsonObject(new TextDecoder().decode(fromBase64(payload))) ?? {};
}
