import type { GoogleApp } from './app.ts';
import { invalidClient, invalidRequest } from './oauth-failure.ts';

/** Reads `client_id` and `client_secret` from HTTP Basic or from the form. A web application always has a secret. */
export function authenticateClient(
  authorization: string | null,
  form: URLSearchParams,
  apps: ReadonlyMap<string, GoogleApp>,
): GoogleApp {
  if (authorization !== null && form.has('client_secret')) {
    throw invalidRequest('The client authenticates in two ways.');
  }
  const basic = authorization === null ? undefined : parseBasic(authorization);
  const app = apps.get(basic?.clientId ?? form.get('client_id') ?? '');
  if (!app) throw invalidClient('The OAuth client was not found.');
  const secret = basic?.clientSecret ?? form.get('client_secret');
  if (secret === null) throw invalidRequest('client_secret is missing.');
  if (secret !== app.clientSecret) throw invalidClient('Unauthorized');
  return app;
}

/** RFC 6749, section 2.3.1: both halves are form-encoded. */
function parseBasic(authorization: string): { clientId: string; clientSecret: string } {
  const [, encoded = ''] = /^Basic (\S+)$/i.exec(authorization) ?? [];
  const [clientId = '', clientSecret = ''] = decodeBase64(encoded).split(':').map(formDecoded);
  return { clientId, clientSecret };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text}`).get('value') ?? '';
}

function decodeBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    throw invalidClient('Unauthorized');
  }
}
