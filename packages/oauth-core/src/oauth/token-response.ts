import { UnexpectedResponseError } from '../errors/index.ts';
import { parseJsonObject } from '../json/json-object.ts';
import type { OAuthProvider } from './provider.ts';
import { isToken } from './token-set.ts';

type Fields = Record<string, unknown>;

/**
 * A token endpoint's body: JSON whatever the content type says, or form-encoded (GitHub, older servers).
 */
export function parseTokenBody(text: string): Fields {
  const json = parseJsonObject(text);
  if (json !== undefined) return json;
  return /^[\w.-]+=/.test(text) ? Object.fromEntries(new URLSearchParams(text)) : {};
}

function isBearer(value: unknown, { bearerTokenTypes = [] }: OAuthProvider): boolean {
  if (value === undefined || value === null || value === '') return true;
  return typeof value === 'string' && ['bearer', ...bearerTokenTypes].includes(value.toLowerCase());
}

/** A hundred years: no time beyond it can be shown as a date for sure. */
const MAX_LIFETIME_SECONDS = 3_155_760_000;

/** Seconds, or undefined for what real servers send instead: null, a word, a negative number, or 0. */
function lifetime(value: unknown): number | undefined {
  const seconds = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof seconds !== 'number' || !(seconds > 0)) return undefined;
  return Math.min(seconds, MAX_LIFETIME_SECONDS);
}

function scopeText(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.join(' ');
  return typeof value === 'string' ? value : undefined;
}

/**
 * A successful token response in the form of RFC 6749 §5.1, from what real servers send
 * (docs/facts/oauth.md#token-responses). Lenient wherever strictness
 * would lose a refresh token that the server has just rotated.
 */
export function normalizeTokenResponse(fields: Fields, provider: OAuthProvider): Fields {
  const service = provider.id;
  if (!isToken(fields['access_token'])) {
    const message = `The token answer of ${service} has no access_token.`;
    throw new UnexpectedResponseError(message, { service, field: 'access_token' });
  }
  if (!isBearer(fields['token_type'], provider)) {
    const message = `The token of ${service} is of another token_type than bearer.`;
    throw new UnexpectedResponseError(message, { service, field: 'token_type' });
  }
  const refreshToken = fields['refresh_token'];
  const expiresIn = lifetime(fields['expires_in']);
  const scope = scopeText(fields['scope']);
  const idToken = provider.openid ? fields['id_token'] : undefined;
  return {
    access_token: fields['access_token'],
    token_type: 'bearer',
    ...(typeof refreshToken === 'string' && refreshToken !== '' && { refresh_token: refreshToken }),
    ...(expiresIn !== undefined && { expires_in: expiresIn }),
    ...(scope !== undefined && { scope }),
    ...(typeof idToken === 'string' && { id_token: idToken }),
  };
}
