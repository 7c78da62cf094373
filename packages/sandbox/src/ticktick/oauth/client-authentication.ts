import type { TickTickApp } from './app.ts';
import { OAuthFailure } from './oauth-failure.ts';

/** Who asks for a token, and whether it showed its secret. */
export interface AuthenticatedClient {
  readonly app: TickTickApp;
  readonly confidential: boolean;
}

/**
 * Reads HTTP Basic, or `client_id` and `client_secret` in the form, or `client_id` alone. Basic credentials are not
 * form-decoded: servers of this kind do not, and most of TickTick's clients do not encode them.
 */
export function authenticateClient(
  authorization: string | null,
  form: URLSearchParams,
  apps: ReadonlyMap<string, TickTickApp>,
): AuthenticatedClient {
  const basic = authorization === null ? undefined : parseBasic(authorization);
  const clientId = basic?.clientId ?? form.get('client_id') ?? '';
  const clientSecret = basic?.clientSecret ?? form.get('client_secret') ?? undefined;
  const app = apps.get(clientId);
  if (!app || (clientSecret !== undefined && clientSecret !== app.clientSecret)) {
    throw invalidClient(authorization !== null);
  }
  return { app, confidential: clientSecret !== undefined };
}

export function invalidClient(usedBasic: boolean): OAuthFailure {
  const headers: Record<string, string> = usedBasic ? { 'www-authenticate': 'Basic realm="oauth"' } : {};
  return new OAuthFailure('invalid_client', 'Bad client credentials', 401, headers);
}

function parseBasic(authorization: string): { clientId: string; clientSecret: string } {
  const [, encoded = ''] = /^Basic (\S+)$/i.exec(authorization) ?? [];
  const decoded = decodeBase64(encoded);
  const colon = decoded.indexOf(':');
  if (colon < 0) throw invalidClient(true);
  return { clientId: decoded.slice(0, colon), clientSecret: decoded.slice(colon + 1) };
}

function decodeBase64(text: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)));
  } catch {
    throw invalidClient(true);
  }
}
