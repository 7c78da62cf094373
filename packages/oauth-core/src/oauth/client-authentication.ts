import type { ClientAuth } from 'oauth4webapi';
import type { OAuthLibrary } from './library.ts';
import type { ClientAuthentication } from './provider.ts';

function clientSecretBasicRaw(secret: string): ClientAuth {
  return (_server, client, _body, headers) => {
    const credentials = new TextEncoder().encode(`${client.client_id}:${secret}`);
    headers.set('authorization', `Basic ${btoa(String.fromCharCode(...credentials))}`);
  };
}

export function clientAuthentication(
  { None, ClientSecretBasic, ClientSecretPost }: OAuthLibrary,
  method: ClientAuthentication,
  secret: string | undefined,
): ClientAuth {
  if (secret === undefined || method === 'none') return None();
  if (method === 'post') return ClientSecretPost(secret);
  return method === 'basic' ? ClientSecretBasic(secret) : clientSecretBasicRaw(secret);
}
