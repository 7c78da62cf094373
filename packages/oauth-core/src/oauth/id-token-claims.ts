import { parseJsonObject } from '../requests/parse-json-object.ts';

/** The claims of an id_token, unchecked; none where it is no JWT. */
export function idTokenClaims(idToken: string): Record<string, unknown> {
  const [, payload = ''] = idToken.split('.');
  const base64 = payload.replaceAll('-', '+').replaceAll('_', '/');
  try {
    const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0);
    return parseJsonObject(new TextDecoder().decode(bytes)) ?? {};
  } catch {
    return {};
  }
}
