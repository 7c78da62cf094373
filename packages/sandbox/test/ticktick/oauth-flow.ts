import type { Sandbox } from '@context-sdk/sandbox';
import { type ApiAnswer, readAnswer, textsOf } from '../support.ts';

export const REDIRECT_URI = 'http://localhost:8000/auth/ticktick/callback';

/** A verifier and its S256 challenge (RFC 7636, appendix B). */
export const PKCE = {
  verifier: 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
};

export function authorizeUrl(sandbox: Sandbox, params: Record<string, string> = {}): string {
  const query = new URLSearchParams({
    client_id: sandbox.ticktick.app.clientId,
    redirect_uri: REDIRECT_URI,
    response_type: 'code',
    scope: 'tasks:read tasks:write',
    state: 'xyz',
    ...params,
  });
  return `https://ticktick.com/oauth/authorize?${query}`;
}

/** The parameters that the browser brings back to the app. */
export async function callback(sandbox: Sandbox, params?: Record<string, string>): Promise<URLSearchParams> {
  const response = await sandbox.fetch(authorizeUrl(sandbox, params));
  return new URL(response.headers.get('location') ?? '').searchParams;
}

/** Asks the token endpoint; by default as the demo app, with its secret in the form. */
export async function token(
  sandbox: Sandbox,
  form: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<ApiAnswer> {
  const { clientId, clientSecret } = sandbox.ticktick.app;
  const credentials = { client_id: clientId, client_secret: clientSecret };
  const body = new URLSearchParams('authorization' in headers ? form : { ...credentials, ...form });
  return readAnswer(
    await sandbox.fetch('https://ticktick.com/oauth/token', { method: 'POST', headers, body }),
  );
}

/** Goes through the whole flow. */
export async function signIn(sandbox: Sandbox): Promise<Record<string, string>> {
  const code = (await callback(sandbox)).get('code') ?? '';
  const { json } = await token(sandbox, {
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
  });
  return textsOf(json);
}
